import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { git } from '../git/isolated-git.ts';

/** Commits files of a clone (null removes one) to its `main` and pushes; returns the commit. */
export async function commitFiles(work: string, files: Readonly<Record<string, string | null>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    if (content === null) await rm(join(work, path));
    else await writeFile(join(work, path), content);
  }
  await git(['add', '--all'], work);
  await git(['commit', '--quiet', '--allow-empty', '-m', 'change'], work);
  await git(['push', '--quiet', 'origin', 'HEAD:main'], work);
  return git(['rev-parse', 'HEAD'], work);
}
