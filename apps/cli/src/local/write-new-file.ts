import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConflictError } from '@fairlead/domain';

/** Writes a file that is not there yet; one with the same text is left alone, another one is never overwritten. */
export async function writeNewFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if ((await readFile(path, 'utf8')) === text) return;
    throw new ConflictError('file-exists', `${path} is there and says something else`, { hint: 'give another --out, or remove it' });
  }
}
