import { createHmac, randomBytes } from 'node:crypto';

/** What stands in place of a secret that was found in a live object: the same for the same value, and nothing to guess it by without the key. Without a key, one that is
 *  forgotten with the process. */
export function secretHash(key: Uint8Array = randomBytes(32)): (value: string) => string {
  return (value) => `hmac-sha256:${createHmac('sha256', key).update(value).digest('hex').slice(0, 32)}`;
}
