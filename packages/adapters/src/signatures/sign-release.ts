import {
  bundleBytes,
  canonicalBytes,
  digestOfBytes,
  preAuthenticationEncoding,
  releaseStatement,
  statementPayloadType,
  type ReleaseManifest,
} from '@fairlead/domain';
import type { SigningKey } from './signing-key.ts';

/** A bundle that says who stands for exactly this release, in one line. `file`: the manifest as it is kept. */
export function signRelease(key: SigningKey, manifest: ReleaseManifest, file: Uint8Array): Uint8Array {
  const payload = canonicalBytes(releaseStatement(manifest, digestOfBytes(file)));
  return bundleBytes(payload, key.sign(preAuthenticationEncoding(statementPayloadType, payload)), key.keyId);
}
