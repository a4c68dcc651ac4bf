import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { printDocument } from '@fairlead/domain';
import { git } from '@fairlead/sandbox';
import { parse } from 'yaml';
import { z } from 'zod';
import { clearForFolder } from './plain-path.ts';

interface Documents {
  /** Of the service, from the copy's top. */
  readonly root: string;
  /** By their paths from the root. */
  readonly documents: ReadonlyMap<string, string>;
}

/** Commits the service root to the copy. What there was of environments, profiles and validations goes: it names clusters and addresses outside. */
export async function commitDocuments(copy: string, { root, documents }: Documents): Promise<void> {
  const folder = join(copy, root, '.fairlead');
  await clearForFolder(folder);
  for (const kind of ['environments', 'profiles', 'validations']) await rm(join(folder, kind), { recursive: true, force: true });
  await clearForFolder(join(folder, 'policies'));
  await leaveApprovals(join(folder, 'policies'));
  for (const [path, text] of documents) {
    const file = join(copy, root, path);
    await mkdir(dirname(file), { recursive: true });
    await rm(file, { force: true });
    await writeFile(file, text);
  }
  await git(['add', '--all', '--force', '--', join(root, '.fairlead')], copy);
  await git(['commit', '--quiet', '-m', 'Say what the demo delivers'], copy);
}

const Policy = z.looseObject({ spec: z.record(z.string(), z.json()) });

/** There is one person who approves, so a policy's own groups and numbers can't hold. */
async function leaveApprovals(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  for (const { name } of entries.filter((entry) => entry.isFile())) {
    const read = Policy.safeParse(parse(await readFile(join(folder, name), 'utf8')));
    if (!read.success) continue;
    const { approvals: _approvals, ...spec } = read.data.spec;
    await writeFile(join(folder, name), printDocument({ ...z.record(z.string(), z.json()).parse(read.data), spec }));
  }
}
