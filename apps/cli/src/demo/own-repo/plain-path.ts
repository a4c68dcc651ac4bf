import { lstat, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether the path below a folder is there and leads through no link: what lies behind one may be anybody's. */
export async function isPlainPath(folder: string, path: string): Promise<boolean> {
  const real = await realpath(join(folder, path)).catch(() => undefined);
  return real === join(await realpath(folder), path);
}

/** Takes a link or a file away where a folder is to be. */
export async function clearForFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) await rm(folder);
}
