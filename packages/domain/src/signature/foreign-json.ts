import { decodeStrictly } from '../document/document-text.ts';

/** JSON that somebody else wrote; `undefined` where it is none. */
export function foreignJson(bytes: Uint8Array): unknown {
  const text = decodeStrictly(bytes);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
