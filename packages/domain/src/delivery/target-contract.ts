import type { Blocker } from '../blocker/blocker.ts';
import type { DeliveryObservation } from './delivery-observation.ts';
import type { DeliveryTarget } from './delivery-target.ts';
import type { DiscoveredTarget } from './discovered-target.ts';

/** What the environment declares of a target, and what was found there. */
export interface TargetContract {
  readonly target: DeliveryTarget;
  /** The environment's folder, from the repository's root. */
  readonly path: string;
  /** The folder of the chart that the environment renders, where it is one: a controller is pointed to that. */
  readonly chart?: string;
  /** The protected branch. */
  readonly branch: string;
  readonly found: DeliveryObservation | { readonly kind: 'cluster-unknown' };
  /** Files in the folder by which a controller changes how it renders. */
  readonly overrides?: readonly string[];
  /** What is looked at before anything is promoted. Without it only what would make every later word of the target meaningless is judged. */
  readonly preflight?: Preflight;
}

export interface Preflight {
  /** How often a controller that corrects drift by itself has to look. */
  readonly correctWithinMs: number;
  /** What the target has fetched is a commit of the protected branch; absent where that isn't known. */
  readonly onBranch?: boolean;
  /** Other objects of the controller that deliver the folder and aren't declared. */
  readonly others: readonly DiscoveredTarget[];
  /** Images of the desired state as it is now. */
  readonly images: readonly string[];
}

/** One thing that isn't as it has to be. */
export type ContractReason = Pick<Blocker, 'code' | 'message' | 'expected' | 'observed' | 'fix'>;
