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
  /** RFC 3339; when the state that was judged began, as far as the controller says. */
  readonly since?: string;
}

/** What is asked of a target: this commit, by this operation where it is ours to make. */
export interface ExpectedDelivery {
  readonly commit: string;
  readonly operation?: string;
  /** What we sent, to be compared with what the controller kept; false, empty and null values dropped. */
  readonly asked?: JsonObject;
  /** How a synced revision stands to the commit: see `Containment`. Keyed by full SHA; a SHA that is missing is `unknown`. */
  readonly containment: Readonly<Record<string, Containment>>;
  /** Age after which a status no longer counts, in ms. */
  readonly statusMaxAgeMs: number;
}

/** `contains`: the commit is an ancestor (or the same) and the environment's inputs are identical. `differs`: an ancestor, other inputs.
 *  `not-contained`: the revision doesn't have the commit yet. */
export type Containment = 'contains' | 'differs' | 'not-contained' | 'unknown';
