import type { Edit } from '../desired-state/edit.ts';
import type { TreeFile } from '../desired-state/tree-file.ts';
import { RepoPath } from '../document/repo-path.ts';

export interface PinnedFiles {
  /** The folder that is to hold the copy. */
  readonly folder: RepoPath;
  /** What it holds now. */
  readonly present: readonly TreeFile[];
  /** The folder that is copied, in the release's commit. */
  readonly baseFolder: RepoPath;
  readonly base: readonly TreeFile[];
}

/** Makes the folder the same as the release's base: what differs is copied by blob, what the base hasn't is removed. */
export function pinnedEdits({ folder, present, baseFolder, base }: PinnedFiles): readonly Edit[] {
  const held = new Map(present.map((file) => [file.path, file]));
  const wanted = base.map((file) => ({ file, path: RepoPath.parse(`${folder}${file.path.slice(baseFolder.length)}`) }));
  const copies = wanted.flatMap(({ file, path }): readonly Edit[] => {
    const before = held.get(path);
    if (before?.blob === file.blob && before.mode === file.mode) return [];
    return [{ kind: 'copy', path, mode: file.mode, from: file.path, blob: file.blob }];
  });
  const kept = new Set(wanted.map(({ path }) => path));
  const removals = present.filter(({ path }) => !kept.has(path)).map(({ path }): Edit => ({ kind: 'remove', path }));
  return [...copies, ...removals];
}
