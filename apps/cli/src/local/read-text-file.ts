import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeUtf8, documentText, InvalidError, NotFoundError } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { documentError } from './document-error.ts';

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

function readBytes({ cwd, stdin }: Terminal, file: string): Promise<Buffer> {
  return file === '-' ? whole(stdin) : readFile(resolve(cwd, file)).catch((error: unknown) => unreadable(error, file));
}

function unreadable(error: unknown, file: string): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') throw new NotFoundError('path-unknown', `there is no ${file}`, { hint: 'give the path of a file' });
  throw new UsageError(`${file} can't be read${typeof code === 'string' ? ` (${code})` : ''}`, 'give the path of a file that you may read');
}

async function whole(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
