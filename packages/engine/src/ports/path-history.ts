import type { CommitSha } from '@fairlead/domain';

/** A commit of the branch that is checked out, seen against the one before it: what a merge brought is its own. */
export interface PathChange {
  readonly commit: CommitSha;
  /** Absent: it is the first. */
  readonly before?: CommitSha;
  readonly subject: string;
  /** Of the paths that were asked for, what it changed. */
  readonly files: readonly string[];
}

/** How files of a checkout came to be, read and never written. */
export interface PathHistory {
  /** The newest changes of files at or below the paths, newest first. */
  changes(paths: readonly string[], most: number): Promise<readonly PathChange[]>;
  /** Whether the clone was cut off, so that there may have been more. */
  isShallow(): Promise<boolean>;
}
