import { safeText } from '../api/ids.ts';
import { canonicalText, type Json } from '../json/json.ts';

/** The name of a pod template's content, in the form of the real one: FNV-1a as text without vowels. */
export function templateHash(template: Json): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(canonicalText(template))) {
    hash ^= byte;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return safeText(hash.toString());
}
