import type { ObjectSha } from './commit-sha.ts';
import type { RepoPath } from '../document/repo-path.ts';

export type FileMode = '100644' | '100755';

/** One change of one file in a plan. Ranges are UTF-16 offsets into the file's text at the plan's base, end exclusive. */
export type Edit =
  | { readonly kind: 'splice'; readonly path: RepoPath; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: 'write'; readonly path: RepoPath; readonly text: string }
  | { readonly kind: 'copy'; readonly path: RepoPath; readonly mode: FileMode; readonly from: RepoPath; readonly blob: ObjectSha }
  | { readonly kind: 'remove'; readonly path: RepoPath };
