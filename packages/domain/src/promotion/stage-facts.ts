import type { Blocker } from '../blocker/blocker.ts';
import type { CommitSha } from '../desired-state/commit-sha.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { DeliveryTarget } from '../delivery/delivery-target.ts';
import type { DeliveryVerdict } from '../delivery/delivery-verdict.ts';
import type { ValidationRun } from '../validation/validation-run.ts';

/** Where the forge's change stands now. */
export type ChangeFact =
  | { readonly kind: 'open'; readonly head: CommitSha | 'absent' }
  | { readonly kind: 'merged'; readonly commit: CommitSha; readonly head: CommitSha | 'absent' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'absent' };

/** Whether a tree renders to what was approved. */
export type RenderCheck =
  /** `objects`: what that is. */
  | { readonly kind: 'matches'; readonly objects?: readonly ObjectRef[] }
  | { readonly kind: 'differs'; readonly digest: string }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] }
  | { readonly kind: 'not-renderable'; readonly reason: string };

export interface TargetFact {
  readonly target: DeliveryTarget;
  /** Our operation on it has been asked for. */
  readonly requestedAt?: string;
  readonly verdict: DeliveryVerdict;
  /** The controller goes where its branch goes: a commit that it has passed it never delivers. */
  readonly goesWithBranch?: true;
  /** Where the target isn't what the environment declares. */
  readonly unmet: readonly Blocker[];
}

export interface PhaseFact {
  readonly name: string;
  readonly required: boolean;
  /** The newest attempt for this release on this revision. */
  readonly run?: ValidationRun;
  /** When a failed run is tried again by itself; absent when its retries are used up. */
  readonly retryAt?: Date;
}

/** What was observed for the stage that the promotion is in; nothing else is needed to decide. */
export type StageFacts =
  | { readonly stage: 'planned'; readonly blockers: readonly Blocker[] }
  | { readonly stage: 'review'; readonly change: ChangeFact; readonly blockers: readonly Blocker[]; readonly testMerge: RenderCheck }
  | {
      readonly stage: 'merged';
      readonly render: RenderCheck;
      readonly blockers: readonly Blocker[];
      /** Its controller has synced the merge, or will, whatever stands against it. */
      readonly syncsByItself?: true;
    }
  | {
      readonly stage: 'delivery';
      readonly targets: readonly TargetFact[];
      readonly order: 'one-by-one' | 'together';
      readonly syncTimeoutMs: number;
    }
  | { readonly stage: 'validation'; readonly phases: readonly PhaseFact[] };
