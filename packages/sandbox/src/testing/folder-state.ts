import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything below a folder: what it holds, and when it was last written. Equal states mean that nobody wrote there, not even the same again. */
export async function folderState(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))].toSorted();
  return Promise.all(paths.map(entryState));
}

async function entryState(path: string): Promise<string> {
  const { mode, size, mtimeNs, ctimeNs } = await lstat(path, { bigint: true });
  return [path, mode, size, mtimeNs, ctimeNs, await contentOf(path)].join(' ');
}

async function contentOf(path: string): Promise<string> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return readlink(path);
  return entry.isFile()
    ? createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
    : '';
}
