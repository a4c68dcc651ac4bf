import type { CommitSha, PromotionId } from '@fairlead/domain';

export interface ForgeCapabilities {
  /** Reviews carry the reviewed SHA, so a push makes them stale by itself. */
  readonly reviewedSha: boolean;
  /** People review on the forge; without it approvals come through Fairlead alone. */
  readonly reviews: boolean;
}

export interface NewChange {
  readonly branch: string;
  readonly base: string;
  readonly head: CommitSha;
  readonly title: string;
  readonly body: string;
  /** Absent: it belongs to none. */
  readonly promotion?: PromotionId;
}

export interface ChangeRef {
  readonly number: number;
}

export interface Change extends ChangeRef {
  readonly branch: string;
  readonly base: string;
  /** The branch's head now; `absent` once the branch is gone. */
  readonly head: CommitSha | 'absent';
  readonly status: 'open' | 'merged' | 'closed';
  readonly mergeCommit?: CommitSha;
  readonly url: string;
}

export type MergeOutcome =
  | { readonly kind: 'merged'; readonly commit: CommitSha }
  | { readonly kind: 'head-moved'; readonly head: CommitSha | 'absent' }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Where people review and merge. Every member may be called again after a crash and finds what the first call left.
 *  Throws `UpstreamError` when the forge doesn't answer as documented; never on an answer of "no". */
export interface Forge {
  readonly capabilities: ForgeCapabilities;
  /** Opens a change from `branch`, or returns the one that is open. Precondition: `branch` is pushed at `head`. */
  openChange(change: NewChange): Promise<Change>;
  /** Reads it now, never from a cache. `absent`: deleted, or not visible to us. */
  readChange(ref: ChangeRef): Promise<Change | 'absent'>;
  /** Merges if and only if the change's head is `expectedHead`; on any outcome but `merged` nothing happened. */
  mergeChange(ref: ChangeRef, expectedHead: CommitSha): Promise<MergeOutcome>;
  /** Closes an open change; the branch stays. */
  closeChange(ref: ChangeRef, reason: string): Promise<void>;
}

/** What the `local` forge keeps, since a bare repository has no change requests. */
export interface LocalChanges {
  /** The open or merged change of this branch, or a new one. */
  findOrCreate(change: NewChange): Promise<LocalChange>;
  read(number: number): Promise<LocalChange | 'absent'>;
  close(number: number, reason: string): Promise<void>;
}

export interface LocalChange extends ChangeRef {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly promotion?: PromotionId;
  readonly openedAt: Date;
  readonly closed?: { readonly reason: string };
}

/** How the `local` forge finds a merge again, since nobody tells it. */
export interface MergeHistory {
  /** The oldest commit on the branch (first parents) whose second parent is `head`. */
  findMerge(branch: string, head: CommitSha): Promise<CommitSha | 'absent'>;
}
