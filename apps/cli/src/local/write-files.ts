import { chmod, lstat, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConflictError } from '@fairlead/domain';

/** What a file is to become. */
export type NewContent = { readonly kind: 'file'; readonly bytes: Uint8Array; readonly executable: boolean } | { readonly kind: 'removed' };

/** Writes files below `root`, by their paths from there: all of them, or none where one fails. Follows no link. */
export async function writeFiles(root: string, contents: ReadonlyMap<string, NewContent>): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    for (const [path, content] of contents) {
      await refuseLinks(root, path);
      if (content.kind === 'removed') await removeFile(root, path, undo);
      else await writeFileWhole({ root, path, content, undo });
    }
  } catch (error) {
    for (const step of undo.toReversed()) await step();
    throw error;
  }
}

type Undo = (() => Promise<unknown>)[];

interface Writing {
  readonly root: string;
  readonly path: string;
  readonly content: NewContent & { readonly kind: 'file' };
  readonly undo: Undo;
}

/** By a file beside it and a rename, so that nobody reads a half. */
async function writeFileWhole({ root, path, content, undo }: Writing): Promise<void> {
  const file = join(root, path);
  await makeFolders(root, dirname(path), undo);
  const before = await keep(file);
  const beside = `${file}.fairlead-${String(process.pid)}`;
  undo.push(() => rm(beside, { force: true }));
  await writeFile(beside, content.bytes, { flag: 'wx' });
  const mode = before?.mode ?? 0o644;
  await chmod(beside, content.executable ? mode | 0o111 : mode & ~0o111);
  undo.push(() => (before === undefined ? rm(file, { force: true }) : restore(file, before)));
  await rename(beside, file);
}

async function removeFile(root: string, path: string, undo: Undo): Promise<void> {
  const file = join(root, path);
  const before = await keep(file);
  if (before === undefined) return;
  undo.push(() => restore(file, before));
  await rm(file);
  await removeEmptied(root, { path: dirname(path), undo });
}

/** Git knows no empty folders, so neither does what it would have written. */
async function removeEmptied(root: string, { path, undo }: { readonly path: string; readonly undo: Undo }): Promise<void> {
  if (path === '.') return;
  const folder = join(root, path);
  const isGone = await rmdir(folder).then(
    () => true,
    () => false,
  );
  if (!isGone) return;
  undo.push(() => mkdir(folder, { recursive: true }));
  await removeEmptied(root, { path: dirname(path), undo });
}

interface Kept {
  readonly bytes: Buffer;
  readonly mode: number;
}

async function keep(file: string): Promise<Kept | undefined> {
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new ConflictError('path-in-use', `${file} is no file`, { hint: 'move it away' });
  return { bytes: await readFile(file), mode: found.mode & 0o777 };
}

async function restore(file: string, { bytes, mode }: Kept): Promise<void> {
  await writeFile(file, bytes);
  await chmod(file, mode);
}

async function makeFolders(root: string, path: string, undo: Undo): Promise<void> {
  if (path === '.') return;
  await makeFolders(root, dirname(path), undo);
  const folder = join(root, path);
  if ((await lstat(folder).catch(() => undefined)) !== undefined) return;
  await mkdir(folder);
  undo.push(() => rmdir(folder).catch(() => undefined));
}

async function refuseLinks(root: string, path: string): Promise<void> {
  const steps = path.split('/');
  for (const [index] of steps.entries()) {
    const part = steps.slice(0, index + 1).join('/');
    const found = await lstat(join(root, part)).catch(() => undefined);
    if (found?.isSymbolicLink() === true) {
      throw new ConflictError('path-is-link', `${part} is a symbolic link: what lies behind it may be anybody's`, {
        hint: 'put a folder or a file in its place',
      });
    }
  }
}
