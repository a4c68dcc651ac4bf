import { createPrivateKey, createPublicKey, hash, sign, type KeyObject } from 'node:crypto';
import { InvalidError } from '@fairlead/domain';

/** A private key that signs releases. It never leaves this object. */
export interface SigningKey {
  /** SHA-256 of the public key's SPKI form, hexadecimal. */
  readonly keyId: string;
  readonly publicPem: string;
  sign(data: Uint8Array): Uint8Array;
}

/** PKCS#8 or SEC 1 in PEM: Ed25519, or ECDSA on P-256 or P-384. `name` is for messages. Throws `InvalidError` (`signing-key-…`). */
export function readSigningKey(
  pem: string,
  { name, password }: { readonly name: string; readonly password?: string | undefined },
): SigningKey {
  if (pem.includes('SIGSTORE PRIVATE KEY'))
    throw new InvalidError('signing-key-format', `${name} is a key in cosign's own form, which only cosign reads`, {
      hint: 'sign with it by cosign sign-blob --key KEY --bundle FILE.sig.json FILE: release verify takes that too',
    });
  const key = parse(pem, { name, password });
  const digest = digestOf(key);
  if (digest === undefined)
    throw new InvalidError('signing-key-kind', `${name} is a key of a kind that signs no releases: ${key.asymmetricKeyType ?? 'unknown'}`, {
      hint: makeOne,
    });
  const publicKey = createPublicKey(key);
  return {
    keyId: hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'hex'),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (data) => Uint8Array.from(sign(digest, data, key)),
  };
}

const makeOne = 'make one: openssl genpkey -algorithm ed25519 -out release.key';

function parse(pem: string, { name, password }: { readonly name: string; readonly password?: string | undefined }): KeyObject {
  const encrypted = pem.includes('ENCRYPTED');
  if (encrypted && password === undefined)
    throw new InvalidError('signing-key-locked', `${name} is encrypted`, {
      hint: 'give its password in the environment variable FAIRLEAD_KEY_PASSWORD',
    });
  try {
    return createPrivateKey({ key: pem, ...(password === undefined ? {} : { passphrase: password }) });
  } catch {
    // The parser's words may quote the file.
    if (encrypted) throw new InvalidError('signing-key-locked', `${name} doesn't open with the password of FAIRLEAD_KEY_PASSWORD`);
    throw new InvalidError('signing-key-invalid', `${name} holds no private key in PEM form`, { hint: makeOne });
  }
}

/** `undefined`: no such key. */
function digestOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): 'sha256' | 'sha384' | null | undefined {
  if (asymmetricKeyType === 'ed25519') return null;
  if (asymmetricKeyType !== 'ec') return undefined;
  const { namedCurve } = asymmetricKeyDetails ?? {};
  if (namedCurve === 'prime256v1') return 'sha256';
  return namedCurve === 'secp384r1' ? 'sha384' : undefined;
}
