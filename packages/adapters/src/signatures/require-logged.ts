import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { readPublicKey } from './public-key.ts';
import type { LoggedBundle } from './signed-by-identity.ts';
import { readTrustedRoot } from './trusted-root.ts';

/** That a signature by a key is in a log of the trusted root too. The key itself has no time to be valid in. */
export function requireLogged({ value, trustedRoot, artifact }: LoggedBundle, keyFile: Uint8Array): void {
  const { key } = readPublicKey(keyFile);
  const material = { ...readTrustedRoot(trustedRoot), publicKey: () => ({ publicKey: key, validFor: () => true }) };
  const {
    signature,
    key: named,
    tlogEntries,
  } = toSignedEntity(bundleFromJSON(value), artifact === undefined ? undefined : Buffer.from(artifact));
  new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 }).verify({
    signature,
    key: named,
    tlogEntries,
    timestamps: [],
  });
}
