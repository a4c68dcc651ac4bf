import { z } from 'zod';
import { toBase64 } from './base64.ts';
import { canonicalBytes } from './digest.ts';
import { DsseEnvelope } from './dsse-envelope.ts';
import { statementPayloadType } from './in-toto-statement.ts';

export const bundleMediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A Sigstore bundle v0.3 whose signer is known by its key alone. */
export const SigstoreBundle = z.looseObject({
  mediaType: z.literal(bundleMediaType),
  verificationMaterial: z.looseObject({ publicKey: z.looseObject({ hint: z.string().min(1) }) }),
  dsseEnvelope: DsseEnvelope,
});
export type SigstoreBundle = Readonly<z.infer<typeof SigstoreBundle>>;

/** The bundle's bytes as they are stored and handed on. */
export function bundleBytes(payload: Uint8Array, signature: Uint8Array, keyId: string): Uint8Array {
  return canonicalBytes({
    mediaType: bundleMediaType,
    verificationMaterial: { publicKey: { hint: keyId }, tlogEntries: [] },
    dsseEnvelope: {
      payload: toBase64(payload),
      payloadType: statementPayloadType,
      signatures: [{ keyid: keyId, sig: toBase64(signature) }],
    },
  });
}
