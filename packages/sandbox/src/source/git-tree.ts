import { type FileAnswer, type FileSnapshot } from '@fairlead/renderer';

import { git } from '../git/isolated-git.ts';
import { type BlobReader } from './blob-reader.ts';

interface Entry {
  readonly mode: string;
  readonly objectId: string;
}

const symlinkMode = '120000';
const directoryMode = '040000';
const submoduleMode = '160000';

/** The files of one commit, read from a bare repository that has it. */
export async function gitTree(repository: string, commit: string, blobs: BlobReader): Promise<FileSnapshot> {
  const listing = await git(['ls-tree', '-r', '-t', '-z', '--full-tree', commit], repository);
  const entries = new Map<string, Entry>(listing.split('\0').flatMap(parseEntry));
  const root = await git(['rev-parse', `${commit}^{tree}`], repository);
  entries.set('', { mode: directoryMode, objectId: root });
  const children = childrenOf(entries.keys());

  return {
    identity: root,
    async look(path): Promise<FileAnswer> {
      if (hasSymlink(entries, path)) return { kind: 'symlink' };
      const entry = entries.get(path);
      if (entry === undefined || entry.mode === submoduleMode) return { kind: 'absent' };
      if (entry.mode === directoryMode) return { kind: 'directory', entries: children.get(path) ?? [], digest: entry.objectId };
      return { kind: 'file', bytes: await blobs.read(entry.objectId), digest: entry.objectId };
    },
  };
}

function parseEntry(line: string): readonly (readonly [string, Entry])[] {
  const [, mode, objectId, path] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
  return mode === undefined || objectId === undefined || path === undefined ? [] : [[path, { mode, objectId }]];
}

function childrenOf(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const path of paths) {
    if (path === '') continue;
    const slash = path.lastIndexOf('/');
    const parent = slash === -1 ? '' : path.slice(0, slash);
    const siblings = children.get(parent) ?? [];
    siblings.push(path.slice(slash + 1));
    children.set(parent, siblings);
  }
  return children;
}

function hasSymlink(entries: ReadonlyMap<string, Entry>, path: string): boolean {
  const steps = path.split('/');
  return steps.some((_, index) => entries.get(steps.slice(0, index + 1).join('/'))?.mode === symlinkMode);
}
