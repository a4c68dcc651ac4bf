import { createHash } from 'node:crypto';
import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileAnswer, TreeSnapshot } from '@fairlead/engine';
import { InvalidError, ObjectSha, RepoPath, type TreeFile } from '@fairlead/domain';
import { type ListedName, listingDigest } from './listing-digest.ts';

type Found =
  { readonly kind: 'directory' } | { readonly kind: 'file'; readonly mode: TreeFile['mode'] } | { readonly kind: 'link' | 'absent' };

/** A checkout's files as they are on disk, ignored and uncommitted ones included. Each is read once, so that a
 *  render sees one state; ids are those that Git would give. Nested repositories count as submodules. */
export function workingTreeSnapshot(directory: string): TreeSnapshot {
  const seen = new Map<string, Promise<Found>>();
  const read = new Map<string, Promise<FileAnswer>>();

  async function find(path: string): Promise<Found> {
    if (path === '') return { kind: 'directory' };
    const parent = await once(seen, parentOf(path), find);
    if (parent.kind !== 'directory') return parent.kind === 'link' ? parent : { kind: 'absent' };
    return onDisk(directory, path);
  }

  async function answer(path: string): Promise<FileAnswer> {
    if (path !== '' && !RepoPath.safeParse(path).success) return { kind: 'absent' };
    const found = await once(seen, path, find);
    switch (found.kind) {
      case 'absent':
        return { kind: 'absent' };
      case 'link':
        return (await once(seen, parentOf(path), find)).kind === 'directory' ? linkAt(join(directory, path)) : { kind: 'symlink' };
      case 'directory': {
        const names = await list(join(directory, path));
        return { kind: 'directory', entries: names.map(({ name }) => name), digest: listingDigest(names) };
      }
      case 'file': {
        const bytes = await contentOf(directory, path);
        return bytes === undefined ? { kind: 'absent' } : { kind: 'file', bytes, digest: blobId(bytes) };
      }
    }
  }

  const look = (path: string): Promise<FileAnswer> => once(read, path, answer);

  async function below(path: string): Promise<readonly TreeFile[]> {
    const listed = await look(path);
    const names = listed.kind === 'directory' ? listed.entries : [];
    const lists = names.map((name) => fileOrBelow(path === '' ? name : `${path}/${name}`));
    return (await Promise.all(lists)).flat();
  }

  async function fileOrBelow(path: string): Promise<readonly TreeFile[]> {
    const found = await once(seen, path, find);
    if (found.kind === 'directory') return below(path);
    if (found.kind !== 'file') return [];
    const content = await look(path);
    return content.kind === 'file' ? [{ path: RepoPath.parse(path), mode: found.mode, blob: ObjectSha.parse(content.digest) }] : [];
  }

  return {
    look,
    async files(path) {
      if ((await look(path)).kind !== 'directory') return 'absent';
      const files = await below(path);
      return files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
    },
  };
}

function once<Value>(kept: Map<string, Promise<Value>>, path: string, make: (path: string) => Promise<Value>): Promise<Value> {
  const made = kept.get(path) ?? make(path);
  kept.set(path, made);
  return made;
}

/** A pipe or a nested repository has no target. */
async function linkAt(file: string): Promise<FileAnswer> {
  const target = await readlink(file).catch(() => undefined);
  return { kind: 'symlink', ...(target === undefined ? {} : { target }) };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

async function onDisk(directory: string, path: string): Promise<Found> {
  if (path.split('/').at(-1) === '.git') return { kind: 'absent' };
  const entry = await stat(join(directory, path));
  if (entry === undefined) return { kind: 'absent' };
  if (entry.isFile()) return { kind: 'file', mode: (entry.mode & 0o100) === 0 ? '100644' : '100755' };
  if (!entry.isDirectory()) return { kind: 'link' };
  return { kind: (await stat(join(directory, path, '.git'))) === undefined ? 'directory' : 'link' };
}

async function stat(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** A file may go between the look at it and its reading: then it isn't there. */
async function contentOf(directory: string, path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(directory, path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new InvalidError('file-unreadable', `${path} can't be read (${code})`, {
      cause: error,
      hint: 'make it readable, or take it out of the folder',
    });
  }
}

async function list(directory: string): Promise<readonly ListedName[]> {
  const entries = (await readdir(directory, { withFileTypes: true })).filter(({ name }) => name !== '.git');
  const names = await Promise.all(entries.map(async (entry) => ({ name: entry.name, kind: await listedKind(directory, entry) })));
  return names.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

async function listedKind(directory: string, entry: Dirent): Promise<ListedName['kind']> {
  const { kind } = await onDisk(directory, entry.name);
  return kind === 'file' || kind === 'directory' ? kind : 'link';
}

function blobId(bytes: Buffer): string {
  return createHash('sha1')
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest('hex');
}
