import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toTrustMaterial } from '@sigstore/verify';
import { z } from 'zod';
import { parseBounded } from './parse-bounded.ts';
import { Refusal } from './refusal.ts';

export type TrustMaterial = ReturnType<typeof toTrustMaterial>;

const Validity = z.looseObject({ validFor: z.looseObject({ start: z.string() }) });
const Root = z.looseObject({
  mediaType: z.string().startsWith('application/vnd.dev.sigstore.trustedroot'),
  // Without a start the library would take a log's key as valid since 1970.
  tlogs: z.array(z.looseObject({ publicKey: Validity })).optional(),
  ctlogs: z.array(z.looseObject({ publicKey: Validity })).optional(),
});

/** Sigstore's own has some 10 kB. */
const mostBytes = 1024 * 1024;

/** The file that `cosign trusted-root create` writes, or the public one of Sigstore. */
export function readTrustedRoot(bytes: Uint8Array): TrustMaterial {
  const root = Root.safeParse(bytes.length > mostBytes ? undefined : parseBounded(bytes));
  if (!root.success)
    throw new Refusal('unusable-trust', 'the trusted root is none: expected the JSON of a Sigstore trusted root, each log with a start');
  try {
    return toTrustMaterial(TrustedRoot.fromJSON(root.data), () => {
      throw new Refusal('untrusted', 'it is signed with a key, and the policy asks for an identity');
    });
  } catch (error) {
    throw new Refusal('unusable-trust', `the trusted root cannot be read: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}
