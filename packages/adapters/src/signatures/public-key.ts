import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** A key as a policy names it, and the names that signatures may give it. */
export interface PublicKey {
  readonly key: KeyObject;
  /** SHA-256 of its SPKI form, hexadecimal. */
  readonly keyId: string;
}

/** PEM, as `openssl pkey -pubout` and cosign write it. */
export function readPublicKey(bytes: Uint8Array): PublicKey {
  const pem = Buffer.from(bytes.subarray(0, 65_536)).toString('latin1');
  // Node would quietly take the public half of it.
  if (pem.includes('PRIVATE KEY'))
    throw new Refusal('unusable-trust', 'the file of the key holds a private key: replace that key, it is public now');
  const key = parse(pem);
  if (!isStrong(key))
    throw new Refusal('unusable-trust', `the key is of a kind that is not accepted: ${key.asymmetricKeyType ?? 'unknown'}`);
  return { key, keyId: hash('sha256', key.export({ type: 'spki', format: 'der' }), 'hex') };
}

function parse(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    throw new Refusal('unusable-trust', 'the file of the key holds no public key in PEM form');
  }
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ed25519') return true;
  if (asymmetricKeyType === 'ec') return digestsOf(asymmetricKeyDetails?.namedCurve).length > 0;
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
}

/** The curve's own digest, and SHA-256, which cosign took for all curves for long. */
function digestsOf(curve: string | undefined): readonly string[] {
  if (curve === 'prime256v1') return ['sha256'];
  if (curve === 'secp384r1') return ['sha384', 'sha256'];
  return curve === 'secp521r1' ? ['sha512', 'sha256'] : [];
}

export function isSignedBy({ key }: PublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  const digests =
    key.asymmetricKeyType === 'ec' ? digestsOf(key.asymmetricKeyDetails?.namedCurve) : [key.asymmetricKeyType === 'rsa' ? 'sha256' : null];
  return digests.some((digest) => verify(digest, data, key, signature));
}
