import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConflictError } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';

/** Writes what comes to a file that is not there yet, or to stdout (`-`). What was cut off is not left behind. */
export async function writeStream({ cwd, stdout }: Terminal, file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const source = Readable.from(content);
  if (file === '-') {
    await pipeline(source, stdout, { end: false });
    return;
  }
  const path = resolve(cwd, file);
  try {
    await pipeline(source, createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new ConflictError('file-exists', `${file} is there already`, { hint: 'give another name with -o, or remove it' });
    await rm(path, { force: true });
    throw error;
  }
}
