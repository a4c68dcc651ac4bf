import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { InvalidError } from '../errors.ts';
import type { Json } from '../document/json.ts';

/** `sha256:` and 64 lower-case hexadecimal digits. */
export const Digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 lower-case hexadecimal digits')
  .brand<'Digest'>();
export type Digest = z.infer<typeof Digest>;

export function digestOfBytes(bytes: Uint8Array): Digest {
  return Digest.parse(`sha256:${bytesToHex(sha256(bytes))}`);
}

/** Over the text as UTF-8. */
export function digestOfText(text: string): Digest {
  return digestOfBytes(utf8ToBytes(text));
}

/** The digest of the JCS form (RFC 8785): the same for any order of keys and any spelling of the same values. */
export function digestOf(value: Json): Digest {
  return digestOfBytes(canonicalBytes(value));
}

/** The JCS form as UTF-8. Throws `InvalidError` where JSON has no form for a value (NaN, a lone surrogate). */
export function canonicalBytes(value: Json): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new InvalidError('not-canonical', 'the value has no canonical JSON form');
  return utf8ToBytes(text);
}
