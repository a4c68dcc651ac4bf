import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { InvalidError } from '../errors.ts';
import { fromBase64, toBase64 } from './base64.ts';

/** C2SP signed-note with Ed25519 keys (type 1). */
const ed25519 = Uint8Array.of(1);

export interface NoteSignature {
  readonly name: string;
  /** Four bytes, hexadecimal. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** What is signed, with its final line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The first four bytes of the hash over name and key, hexadecimal. */
export function noteKeyId(name: string, publicKey: Uint8Array): string {
  return bytesToHex(sha256(concatBytes(utf8ToBytes(`${name}\n`), ed25519, publicKey)).subarray(0, 4));
}

/** The verifier key `name+id+key`, as witnesses and `tlog-policy` take it. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  return `${name}+${noteKeyId(name, publicKey)}+${toBase64(concatBytes(ed25519, publicKey))}`;
}

export function writeSignedNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(concatBytes(bytesOfHex(keyId), signature))}\n`;
}

/** Splits a note; who signed is for the caller to verify. Throws `InvalidError` on anything but the documented form. */
export function parseSignedNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || hasControlCharacter(note)) throw new InvalidError('not-a-signed-note', 'not a signed note');
  const lines = note.slice(end + 2, -1).split('\n');
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignatureLine) };
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...rest] = line.split(' ');
  if (dash !== '—' || name === undefined || name === '' || name.includes('+') || encoded === undefined || rest.length > 0)
    throw new InvalidError('not-a-signed-note', `not a signature line of a note: ${JSON.stringify(line.slice(0, 80))}`);
  const bytes = fromBase64(encoded);
  if (bytes.length < 5) throw new InvalidError('not-a-signed-note', `signature of ${name} is too short`);
  return { name, keyId: bytesToHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text, (character) => character.charCodeAt(0)).some((code) => code < 32 && code !== 10);
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
