import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';

/** DSSE with exactly one signature, as a Sigstore bundle demands. `keyid` is a hint that nothing authenticates. */
export const DsseEnvelope = z.looseObject({
  payload: z.string(),
  payloadType: z.string().min(1),
  signatures: z.tuple([z.looseObject({ sig: z.string().min(1), keyid: z.string() }).readonly()]).readonly(),
});
export type DsseEnvelope = Readonly<z.infer<typeof DsseEnvelope>>;

/** What is signed: `DSSEv1 <length> <type> <length> <payload>`, lengths in bytes. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8ToBytes(payloadType);
  const before = utf8ToBytes(`DSSEv1 ${String(type.length)} ${payloadType} ${String(payload.length)} `);
  const encoded = new Uint8Array(before.length + payload.length);
  encoded.set(before);
  encoded.set(payload, before.length);
  return encoded;
}
