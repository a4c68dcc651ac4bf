import type { FileAnswer, TreeSnapshot } from '@fairlead/engine';
import type { ObjectSha, TreeFile } from '@fairlead/domain';
import { InvalidError, RepoPath } from '@fairlead/domain';
import { type ListedName, listingDigest } from './listing-digest.ts';
import type { TreeEntry } from './tree-entries.ts';
import type { TreeReader } from './tree-reader.ts';

/** The files of one Git tree, read as they are asked for. */
export function gitTreeSnapshot(reader: TreeReader, root: ObjectSha): TreeSnapshot {
  return {
    identity: root,
    async look(path) {
      const place = await find(reader, root, path);
      if (place === 'absent') return { kind: 'absent' };
      return answer(reader, place);
    },
    async digest(path) {
      const place = await find(reader, root, path);
      if (place === 'absent' || place.entry.kind === 'link') return place === 'absent' ? place : 'symlink';
      return place.entry.kind === 'directory' ? listingDigest(await listedNames(reader, place.entry.sha)) : place.entry.sha;
    },
    async files(path) {
      const place = await find(reader, root, path);
      if (place === 'absent' || place.entry.kind !== 'directory') return 'absent';
      return filesBelow(reader, place.entry.sha, path);
    },
  };
}

interface Place {
  readonly entry: TreeEntry;
  readonly folder: ObjectSha;
  /** The path goes on below the link. */
  readonly isBelow?: true;
}

/** A path through a link ends at the link: what lies behind it is not in this tree. */
async function find(reader: TreeReader, root: ObjectSha, path: string): Promise<Place | 'absent'> {
  let place: Place = { entry: { name: '', kind: 'directory', sha: root }, folder: root };
  for (const name of path === '' ? [] : path.split('/')) {
    if (place.entry.kind === 'link') return { ...place, isBelow: true };
    if (place.entry.kind !== 'directory') return 'absent';
    const folder: ObjectSha = place.entry.sha;
    const entry = (await reader.tree(folder)).find((candidate) => candidate.name === name);
    if (entry === undefined) return 'absent';
    place = { entry, folder };
  }
  return place;
}

async function answer(reader: TreeReader, { entry, folder, isBelow }: Place): Promise<FileAnswer> {
  switch (entry.kind) {
    case 'link':
      if (entry.symbolic !== true || isBelow) return { kind: 'symlink' };
      return { kind: 'symlink', target: (await reader.blob(entry.sha, folder)).toString('utf8') };
    case 'directory': {
      const names = await listedNames(reader, entry.sha);
      return { kind: 'directory', entries: names.map(({ name }) => name), digest: listingDigest(names) };
    }
    case 'file':
    case 'executable':
      return { kind: 'file', bytes: await reader.blob(entry.sha, folder), digest: entry.sha };
  }
}

async function listedNames(reader: TreeReader, tree: ObjectSha): Promise<readonly ListedName[]> {
  const entries = await reader.tree(tree);
  return entries.map(({ name, kind }) => ({ name, kind: kind === 'executable' ? 'file' : kind }));
}

async function filesBelow(reader: TreeReader, tree: ObjectSha, path: string): Promise<readonly TreeFile[]> {
  const entries = await reader.tree(tree);
  const lists = entries.map(async (entry): Promise<readonly TreeFile[]> => {
    const at = path === '' ? entry.name : `${path}/${entry.name}`;
    return entry.kind === 'directory' ? filesBelow(reader, entry.sha, at) : listed(entry, at);
  });
  return (await Promise.all(lists)).flat();
}

function listed({ kind, sha }: TreeEntry, path: string): readonly TreeFile[] {
  if (kind === 'link') return [];
  return [{ path: repoPath(path), mode: kind === 'executable' ? '100755' : '100644', blob: sha }];
}

/** The one file, without a listing of its folder. */
export async function fileInTree(reader: TreeReader, root: ObjectSha, path: RepoPath): Promise<TreeFile | 'absent'> {
  const place = await find(reader, root, path);
  const [file] = place === 'absent' || place.entry.kind === 'directory' ? [] : listed(place.entry, path);
  return file ?? 'absent';
}

function repoPath(path: string): RepoPath {
  const parsed = RepoPath.safeParse(path);
  if (parsed.success && !path.includes('\ufffd')) return parsed.data;
  throw new InvalidError('path-invalid', `a file is named ${JSON.stringify(path)}`, { hint: 'rename it to UTF-8 without a backslash' });
}
