import { InvalidError } from '../errors.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard base64 with padding (RFC 4648, section 4). Here because the domain has neither Buffer nor btoa. */
export function toBase64(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) groups.push(encodeGroup(bytes.subarray(at, at + 3)));
  return groups.join('');
}

function encodeGroup(group: Uint8Array): string {
  const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
  const letters = [18, 12, 6, 0].map((shift) => alphabet.charAt((bits >> shift) & 63));
  return letters.slice(0, group.length + 1).join('') + '='.repeat(3 - group.length);
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
    for (let i = 0; i < 4; i++) bits = (bits << 6) | Math.max(0, alphabet.indexOf(text.charAt(at + i)));
    bytes.set([bits >> 16, (bits >> 8) & 255, bits & 255], (at / 4) * 3);
  }
  return bytes.subarray(0, bytes.length - padding);
}
