import type { RepoPath } from '../document/repo-path.ts';
import type { ObjectSha } from './commit-sha.ts';
import type { FileMode } from './edit.ts';

/** One file of a tree, by its path from the tree's root. */
export interface TreeFile {
  readonly path: RepoPath;
  readonly mode: FileMode;
  readonly blob: ObjectSha;
}
