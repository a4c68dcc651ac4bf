import { Refusal } from '../refusal.ts';
import type { Bytes } from './bytes.ts';

/** Standard base64 with padding. One value has one text: whatever encodes otherwise when encoded again is refused. */
export function fromBase64(text: string): Bytes {
  const binary = decoded(text);
  if (binary === undefined || btoa(binary) !== text) throw new Refusal('not-base64', `not base64: ${JSON.stringify(text.slice(0, 40))}`);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function decoded(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hexOf(bytes: Bytes): string {
  let text = '';
  for (const byte of bytes) text += pairs[byte] ?? '';
  return text;
}

export function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
