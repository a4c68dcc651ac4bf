import { InvalidError } from '../errors.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Of each letter, by its code: a search in the alphabet would cost most of the time. */
const values: readonly number[] = Array.from({ length: 128 }, (_, code) => Math.max(0, alphabet.indexOf(String.fromCharCode(code))));

/** Standard base64 with padding (RFC 4648, section 4). Here because the domain has neither Buffer nor btoa. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text +=
      alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63) + alphabet.charAt((bits >> 6) & 63) + alphabet.charAt(bits & 63);
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.slice(0, text.length - missing) + '='.repeat(missing);
}

/** Only what `toBase64` writes: junk, missing padding and unused bits that aren't zero are refused, so that one value has one text. */
export function fromBase64(text: string): Uint8Array {
  const bytes = text.length % 4 === 0 ? decode(text) : undefined;
  if (bytes === undefined || toBase64(bytes) !== text)
    throw new InvalidError('not-base64', `not base64: ${JSON.stringify(text.slice(0, 40))}`);
  return bytes;
}

function decode(text: string): Uint8Array | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3);
  for (let at = 0; at < text.length; at += 4) {
    let bits = 0;
    for (let i = 0; i < 4; i++) bits = (bits << 6) | (values[text.charCodeAt(at + i)] ?? 0);
    bytes.set([bits >> 16, (bits >> 8) & 255, bits & 255], (at / 4) * 3);
  }
  return bytes.subarray(0, bytes.length - padding);
}
