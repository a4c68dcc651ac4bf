import type { CommitSha } from '../desired-state/commit-sha.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { OperationId } from '../promotion/promotion-id.ts';

/** One operation that we ask a controller for: exactly this commit, under our own id. */
export interface SyncRequest {
  readonly operation: OperationId;
  readonly revision: CommitSha;
  /** On exactly when the plan lists deletions or generator successors. */
  readonly prune: boolean;
  /** What the plan removes: the controller's own prune candidates must be among these. */
  readonly mayPrune: readonly ObjectRef[];
  readonly actor: string;
  /** Shown with the operation: `fairlead.dev/promotion`, `/release`, `/approvers`. */
  readonly info: Readonly<Record<string, string>>;
}

export type SyncOutcome =
  | { readonly kind: 'accepted' }
  /** The operation with our id was found: an earlier attempt got through. */
  | { readonly kind: 'already-there' }
  /** Another operation is running; nothing was written. */
  | { readonly kind: 'busy'; readonly message: string }
  /** The controller would delete more than the plan does; nothing was written. */
  | { readonly kind: 'prune-not-planned'; readonly objects: readonly ObjectRef[] }
  | { readonly kind: 'absent' };
