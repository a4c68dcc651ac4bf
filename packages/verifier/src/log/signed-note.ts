import { bytesOf, textOf, type Bytes } from '../bytes/bytes.ts';
import { fromBase64, hexOf } from '../bytes/encoding.ts';
import { demand } from '../refusal.ts';

export interface NoteSignature {
  readonly name: string;
  /** Four bytes, hexadecimal. */
  readonly keyId: string;
  readonly signature: Bytes;
}

/** C2SP signed-note. */
export interface SignedNote {
  /** What is signed, with its final line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const mostSignatures = 64;
const signatureLine = /^\u2014 ([^\s+\p{Cc}]+) ([A-Za-z0-9+/]+={0,2})$/u;

export function parseSignedNote(bytes: Bytes): SignedNote {
  const note = textOf(bytes);
  const split = note.lastIndexOf('\n\n');
  const lines = split < 0 ? [] : note.slice(split + 2).split('\n');
  demand(split > 0 && lines.pop() === '' && lines.length > 0, 'note-invalid', 'not a signed note');
  demand(lines.length <= mostSignatures, 'note-invalid', `a note has more than ${String(mostSignatures)} signatures`);
  demand(!/[^\n\P{Cc}]/u.test(note), 'note-invalid', 'a note holds a control character');
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = signatureLine.exec(line) ?? [];
  demand(name !== '', 'note-invalid', `not a signature line: ${JSON.stringify(line.slice(0, 80))}`);
  const bytes = fromBase64(encoded);
  demand(bytes.length > 4, 'note-invalid', `the signature of ${name} is too short`);
  return { name, keyId: hexOf(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

/** The text that is signed, as bytes. */
export function signedBytes({ text }: SignedNote): Bytes {
  return bytesOf(text);
}
