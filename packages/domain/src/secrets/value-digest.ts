import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { Digest } from '../evidence/digest.ts';

/** Tells two values apart for whoever has the key, and nothing to anybody else. */
export function valueDigest(value: string, key: string): Digest {
  return Digest.parse(`sha256:${bytesToHex(hmac(sha256, utf8ToBytes(key), utf8ToBytes(value.trim())))}`);
}
