import { decodeUtf8, documentText, InvalidError } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { documentError } from './document-error.ts';
import { readBytes } from './read-bytes.ts';

/** A document that was named on the command line; `-` is stdin. */
export async function readTextFile(terminal: Terminal, file: string): Promise<string> {
  const text = documentText(await readBytes(terminal, file), file);
  if (text.kind === 'invalid') throw documentError(file, text.problems);
  return text.text;
}

/** What a program printed, of any length. */
export async function readPrintedText(terminal: Terminal, file: string): Promise<string> {
  const text = decodeUtf8(await readBytes(terminal, file));
  if (text === undefined) throw new InvalidError('not-utf8', `${file} is not UTF-8`, { hint: 'save it as UTF-8' });
  return text;
}
