import type { CommitSha, Edit, ObjectSha } from '@fairlead/domain';
import type { TreeSnapshot } from './file-snapshot.ts';

/** A commit whose bytes follow from its content: the same request gives the same SHA. */
export interface NewCommit {
  readonly parents: readonly CommitSha[];
  readonly base: CommitSha;
  readonly edits: readonly Edit[];
  /** Subject, body and trailers; ends without a line feed. */
  readonly message: string;
  /** Author and committer time; the author is always Fairlead. */
  readonly at: Date;
}

export type Pushed =
  { readonly kind: 'pushed' } | { readonly kind: 'already-there' } | { readonly kind: 'moved'; readonly head: CommitSha | 'absent' };

export type MergedTree =
  { readonly kind: 'merged'; readonly tree: ObjectSha } | { readonly kind: 'conflict'; readonly paths: readonly string[] };

/** How the first commit stands to the second. */
export type Ancestry = 'same' | 'ancestor' | 'descendant' | 'unrelated';

/** One repository, by name. Reads work on a local mirror that `fetch` brings up to date; concurrent use is safe.
 *  Throws `UpstreamError` when the remote doesn't answer, `NotFoundError` (`commit-unknown`) for an object it doesn't have. */
export interface Git {
  /** Brings the mirror up to date. With `maxAgeMs`, not where that was done at most so long ago: many that look at one repository share a look. */
  fetch(options?: { readonly maxAgeMs?: number }): Promise<void>;
  /** A branch's head as of the last fetch or push. */
  head(branch: string): Promise<CommitSha | 'absent'>;
  /** The files of a commit or a tree, read lazily. */
  snapshot(commit: CommitSha | ObjectSha): Promise<TreeSnapshot>;
  /** Writes the objects into the mirror; nothing is visible to others before `push`. */
  commit(commit: NewCommit): Promise<CommitSha>;
  /** Points the remote branch at the commit if and only if it is at `expected` (`absent`: doesn't exist yet). */
  push(branch: string, commit: CommitSha, expected: CommitSha | 'absent'): Promise<Pushed>;
  /** The tree that merging `head` into `base` gives, without a commit. */
  mergeTree(base: CommitSha, head: CommitSha): Promise<MergedTree>;
  /** Makes the merge commit of that tree in the mirror; repeatable like `commit`. */
  mergeCommit(merge: {
    readonly base: CommitSha;
    readonly head: CommitSha;
    readonly message: string;
    readonly at: Date;
  }): Promise<CommitSha>;
  ancestry(commit: CommitSha, of: CommitSha): Promise<Ancestry>;
}
