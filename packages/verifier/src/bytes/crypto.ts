import { Refusal } from '../refusal.ts';
import type { Bytes } from './bytes.ts';
import { hexOf } from './encoding.ts';

/** Every hash and signature goes through here: WebCrypto, in Node as in a browser. */
const { subtle } = globalThis.crypto;

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle.digest('SHA-256', bytes));
}

export async function sha256Hex(bytes: Bytes): Promise<string> {
  return hexOf(await sha256(bytes));
}

/** A public key that can only verify. */
export interface VerifyKey {
  verifies(signature: Bytes, message: Bytes): Promise<boolean>;
}

export async function ed25519Key(format: 'spki' | 'raw', bytes: Bytes): Promise<VerifyKey> {
  try {
    const key = await subtle.importKey(format, bytes, 'Ed25519', true, ['verify']);
    return { verifies: (signature, message) => subtle.verify('Ed25519', key, signature, message) };
  } catch {
    throw new Refusal('key-invalid', 'not an Ed25519 public key');
  }
}
