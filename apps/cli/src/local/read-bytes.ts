import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotFoundError } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** A file that was named on the command line, whatever it holds; `-` is stdin. */
export async function readBytes({ cwd, stdin }: Terminal, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = file === '-' ? await whole(stdin) : await readFile(resolve(cwd, file)).catch((error: unknown) => unreadable(error, file));
  return new Uint8Array(bytes);
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
