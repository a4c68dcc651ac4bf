import type { JsonObject } from '../document/json.ts';

export const deliveryVerdicts = [
  'delivered',
  'in-progress',
  'not-yet',
  'out-of-sync',
  'suspended',
  'degraded',
  'blocked',
  'failed',
  'superseded',
  'head-moved',
  'unauthorised',
  'unknown',
  'stale',
] as const;

/** What an observation means for one commit on one target. `missing` names the field without which nothing can be said. */
export interface DeliveryVerdict {
  readonly kind: (typeof deliveryVerdicts)[number];
  readonly reason: string;
  readonly commit?: string;
  readonly missing?: string;
  /** The controller would know more after it looked again. */
  readonly refresh?: true;
  /** The controller is at a regular look at what it had delivered before: what it says in a moment counts, not that it looks. */
  readonly rechecking?: true;
  /** RFC 3339; when the state that was judged began, as far as the controller says. */
  readonly since?: string;
}

/** What is asked of a target: this commit, by this operation where it is ours to make. */
export interface ExpectedDelivery {
  readonly commit: string;
  /** Where it is ours to make: a finished sync of somebody else is then `unauthorised`. Without it any sync counts that contains the commit. */
  readonly operation?: string;
  /** `asked` of the `SyncOutcome`, to be compared with what the controller kept. An `operation` without it is `unknown`. */
  readonly asked?: JsonObject;
  /** How a synced revision stands to the commit: see `Containment`. Keyed by full SHA; a SHA that is missing is `unknown`. */
  readonly containment: Readonly<Record<string, Containment>>;
  /** The environment's folder: which of several sources the commit is of. Without it the first one with a path. */
  readonly path?: string;
  /** Age after which a status no longer counts, in ms. */
  readonly statusMaxAgeMs: number;
}

/** `contains`: the commit is an ancestor (or the same) and the environment's inputs are identical. `differs`: an ancestor, other inputs.
 *  `not-contained`: the revision doesn't have the commit yet. `diverged`: it never will; it is of a history that was written anew. */
export type Containment = 'contains' | 'differs' | 'not-contained' | 'diverged' | 'unknown';
