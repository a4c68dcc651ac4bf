import { bytesToHex } from '@noble/hashes/utils.js';
import { maxDocumentLength } from './document-syntax.ts';
import { isUtf8 } from './is-utf8.ts';
import type { Problem } from './problem.ts';

export type DocumentText =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** A file's bytes as text. Only UTF-8 is read: guessing an encoding would give one file two contents. */
export function documentText(bytes: Uint8Array, file: string): DocumentText {
  // A UTF-16 unit takes at most three bytes.
  if (bytes.length > 3 * maxDocumentLength) {
    const message = `${file} has ${String(bytes.length)} bytes, more than a document may have`;
    return { kind: 'invalid', problems: [{ code: 'too-large', message, file, line: 1, column: 1, pointer: '' }] };
  }
  const whole = decodeStrictly(bytes);
  if (whole !== undefined) return { kind: 'text', text: whole.replace(/^\uFEFF/, '') };
  const message = `${file} is not UTF-8`;
  const hint = 'save it as UTF-8';
  return { kind: 'invalid', problems: [{ code: 'not-utf8', message, hint, file, line: firstBadLine(bytes), column: 1, pointer: '' }] };
}

/** UTF-8 of any length; `undefined` for anything else: overlong forms and surrogates included. */
export function decodeStrictly(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? decodeURIComponent(bytesToHex(bytes).replace(/../g, '%$&')) : undefined;
}

/** No byte of a longer sequence is a line feed, so lines can be judged alone. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0 && decodeStrictly(bytes.subarray(start, end)) !== undefined; end = bytes.indexOf(10, start)) {
    line += 1;
    start = end + 1;
  }
  return line;
}
