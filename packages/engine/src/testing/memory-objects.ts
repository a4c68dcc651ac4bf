import { type CommitSha, digestOf, digestOfBytes, NotFoundError, ObjectSha, type RepoPath, type TreeFile } from '@fairlead/domain';
import type { FileAnswer, TreeSnapshot } from '../ports/file-snapshot.ts';

export type MemoryFiles = ReadonlyMap<RepoPath, Pick<TreeFile, 'mode' | 'blob'>>;

export interface MemoryCommit {
  readonly tree: ObjectSha;
  readonly parents: readonly CommitSha[];
  readonly message: string;
  /** Whole seconds. */
  readonly at: number;
}

/** What a Git repository keeps, by content. The ids aren't Git's, but one for each content. */
export interface MemoryObjects {
  readonly blobs: Map<ObjectSha, Uint8Array>;
  readonly trees: Map<ObjectSha, MemoryFiles>;
  readonly commits: Map<CommitSha, MemoryCommit>;
}

export function memoryObjects(from?: MemoryObjects): MemoryObjects {
  return { blobs: new Map(from?.blobs), trees: new Map(from?.trees), commits: new Map(from?.commits) };
}

export function keepBlob({ blobs }: MemoryObjects, bytes: Uint8Array): ObjectSha {
  const id = shorten(digestOfBytes(bytes));
  blobs.set(id, bytes);
  return id;
}

export function keepTree({ trees }: MemoryObjects, files: MemoryFiles): ObjectSha {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const id = shorten(digestOf(sorted.map(([path, { mode, blob }]) => [path, mode, blob])));
  trees.set(id, new Map(sorted));
  return id;
}

export function shorten(digest: string): ObjectSha {
  return ObjectSha.parse(digest.slice('sha256:'.length).slice(0, 40));
}

export function memorySnapshot({ blobs }: MemoryObjects, tree: ObjectSha, files: MemoryFiles): TreeSnapshot {
  const below = (folder: string): readonly RepoPath[] => [...files.keys()].filter((path) => folder === '' || path.startsWith(`${folder}/`));
  return {
    identity: tree,
    look(path) {
      const file = [...files].find(([name]) => name === path)?.[1];
      if (file === undefined) return Promise.resolve(folderAnswer(below(path), path));
      const bytes = blobs.get(file.blob);
      if (bytes === undefined) return Promise.reject(new NotFoundError('object-unknown', `the repository has no object ${file.blob}`));
      return Promise.resolve({ kind: 'file', bytes, digest: file.blob });
    },
    files(path) {
      const found = below(path).flatMap((name): readonly TreeFile[] => {
        const file = files.get(name);
        return file === undefined ? [] : [{ path: name, ...file }];
      });
      return Promise.resolve(found.length === 0 && path !== '' ? 'absent' : found);
    },
  };
}

function folderAnswer(below: readonly RepoPath[], path: string): FileAnswer {
  if (below.length === 0 && path !== '') return { kind: 'absent' };
  const start = path === '' ? 0 : path.length + 1;
  const entries = [...new Set(below.map((name) => name.slice(start).split('/')[0] ?? ''))];
  return { kind: 'directory', entries, digest: digestOf(entries) };
}
