import { decodeStrictly } from '../document/document-text.ts';
import { InvariantError } from '../errors.ts';

/** JSON that we wrote ourselves, of any length: a promotion of many records lists them all. Throws where the bytes are no JSON. */
export function jsonOfBytes(bytes: Uint8Array, what: string): unknown {
  const text = decodeStrictly(bytes);
  if (text === undefined) throw new InvariantError('record-not-text', `${what} is not UTF-8`);
  return JSON.parse(text);
}
