import type { JsonObject } from '../document/json.ts';
import type { CommitSha } from '../desired-state/commit-sha.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { OperationId } from '../promotion/promotion-id.ts';

/** Names under which an operation carries what it is for; the controller keeps them with its account of it. */
export const operationInfo = {
  operation: 'fairlead.dev/operation',
  promotion: 'fairlead.dev/promotion',
  release: 'fairlead.dev/release',
  approvers: 'fairlead.dev/approvers',
  /** Which commit was meant, where another one is synced for it. */
  commit: 'fairlead.dev/commit',
} as const;

/** One operation that we ask a controller for: exactly this commit, under our own id. */
export interface SyncRequest {
  readonly operation: OperationId;
  readonly revision: CommitSha;
  /** The environment's folder: which of several sources the commit is of. Without it the first one with a path. */
  readonly path?: string;
  /** Later commits with the same inputs: as good as the commit, where the controller has gone on to them. */
  readonly equals?: readonly CommitSha[];
  /** On exactly when the plan lists deletions or generator successors. */
  readonly prune: boolean;
  /** What the plan removes: the controller's own prune candidates must be among these. */
  readonly mayPrune: readonly ObjectRef[];
  /** These objects and no others. Precondition: the controller can (`partialSync`). */
  readonly only?: readonly ObjectRef[];
  /** What is applied becomes exactly what Git says: fields go that nobody declared, whoever wrote them. Only with `only`. */
  readonly replace?: boolean;
  readonly actor: string;
  /** Shown with the operation, by the names of `operationInfo`; the operation's own id is added. */
  readonly info: Readonly<Record<string, string>>;
}

export type SyncOutcome =
  /** `asked` is what we wrote, as `ExpectedDelivery` wants it. */
  | { readonly kind: 'accepted'; readonly asked: JsonObject }
  /** The operation with our id was found: an earlier attempt got through. `asked` is what that request means for the target as it is now. */
  | { readonly kind: 'already-there'; readonly asked: JsonObject }
  /** Another operation is running, a window is closed, or the controller has still to compare; nothing was written. `fix`: what ends it. */
  | { readonly kind: 'busy'; readonly message: string; readonly fix?: string }
  /** The controller would delete more than the plan does; nothing was written. */
  | { readonly kind: 'prune-not-planned'; readonly objects: readonly ObjectRef[] }
  /** Somebody keeps the controller from touching the target; nothing was written. */
  | { readonly kind: 'suspended'; readonly message: string }
  | { readonly kind: 'absent' };
