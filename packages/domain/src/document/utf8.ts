import { utf8ToBytes } from '@noble/hashes/utils.js';
import { documentText } from './document-text.ts';

const byteOrderMark = '\uFEFF';

export function encodeUtf8(text: string): Uint8Array {
  return utf8ToBytes(text);
}

/** The text with its byte order mark, if it has one, so that offsets are those of the file. `undefined` for anything but UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const decoded = documentText(bytes, '');
  if (decoded.kind === 'invalid') return undefined;
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? byteOrderMark + decoded.text : decoded.text;
}
