import { decodeStrictly } from '../document/document-text.ts';

export type ReadableText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'binary' };

/** Any file's bytes as the text that a person would see: UTF-8 or UTF-16, with mark or without, and single wrong bytes left out.
 *  A scanner must not stop where a parser may. */
export function readableText(bytes: Uint8Array): ReadableText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { kind: 'text', text: utf16(bytes.subarray(2), 0) };
  if (first === 0xfe && second === 0xff) return { kind: 'text', text: utf16(bytes.subarray(2), 1) };
  const start = bytes.subarray(0, 2048);
  if (!start.includes(0)) return { kind: 'text', text: utf8(bytes).replace(/^\uFEFF/, '') };
  const zeros = zerosIn(start);
  const looked = start.length;
  if (zeros.odd > looked / 4 && zeros.even < looked / 16) return { kind: 'text', text: utf16(bytes, 0) };
  if (zeros.even > looked / 4 && zeros.odd < looked / 16) return { kind: 'text', text: utf16(bytes, 1) };
  return { kind: 'binary' };
}

function zerosIn(bytes: Uint8Array): { readonly even: number; readonly odd: number } {
  const count = [0, 0];
  for (const [at, byte] of bytes.entries()) if (byte === 0) count[at % 2] = (count[at % 2] ?? 0) + 1;
  return { even: count[0] ?? 0, odd: count[1] ?? 0 };
}

const chunk = 8192;

function utf16(bytes: Uint8Array, high: 0 | 1): string {
  const parts: string[] = [];
  for (let at = 0; at + 1 < bytes.length; at += chunk) {
    const units: number[] = [];
    for (let unit = at; unit + 1 < Math.min(at + chunk, bytes.length); unit += 2) {
      const [one = 0, other = 0] = [bytes[unit], bytes[unit + 1]];
      units.push(high === 1 ? (one << 8) | other : (other << 8) | one);
    }
    parts.push(String.fromCharCode(...units));
  }
  return parts.join('');
}

/** Runs of ASCII at once, what is between them strictly; bytes that are no UTF-8 stand as Latin-1. */
function utf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const ascii = asciiEnd(bytes, at);
    for (let from = at; from < ascii; from += chunk) parts.push(latin1(bytes.subarray(from, Math.min(from + chunk, ascii))));
    const end = otherEnd(bytes, ascii);
    const other = bytes.subarray(ascii, end);
    if (other.length > 0) parts.push(decodeStrictly(other) ?? latin1(other));
    at = end;
  }
  return parts.join('');
}

function asciiEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) < 0x80) at += 1;
  return at;
}

function otherEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) >= 0x80 && at - from < chunk) at += 1;
  return at;
}

/** One letter a byte; spreading the bytes would cost ten times as much. */
function latin1(bytes: Uint8Array): string {
  const text: unknown = Reflect.apply(String.fromCharCode, undefined, bytes);
  return typeof text === 'string' ? text : '';
}
