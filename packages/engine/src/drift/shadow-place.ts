import {
  controllerIgnoreRules,
  deliveredCommits,
  FairleadError,
  managedObjects,
  type CommitSha,
  type DeliveryTarget,
  type IgnoreProblem,
} from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { ScanPlace } from './scan-drift.ts';

/** Where a target's workloads are to be looked for, by what its controller says. */
export interface ShadowPlace {
  readonly place: ScanPlace;
  /** What the controller has delivered; absent where it can't be asked, or has delivered nothing that it names. */
  readonly delivered?: CommitSha;
  /** Why the controller could not be asked: then only the cluster's own managers are trusted, and nothing is known to be managed. */
  readonly notAsked?: string;
  /** What the controller ignores and we don't, since we can't follow it. */
  readonly notIgnored?: readonly IgnoreProblem[];
}

/** Asks the target's controller, for a look that has no server behind it. A controller that isn't there or may not be read is no failure: much can be compared
 *  without it. Throws what the cluster itself refuses. */
export async function shadowPlace(
  { delivery, cluster }: Pick<EnginePorts, 'delivery' | 'cluster'>,
  target: DeliveryTarget,
): Promise<ShadowPlace | { readonly unresolved: string }> {
  const bare = { target: targetName(target), cluster: target.cluster };
  const seen = await asked(() => delivery[target.controller].observe(target));
  if (typeof seen === 'string') return { place: bare, notAsked: seen };
  if (seen.kind === 'absent') return { place: bare, notAsked: `${targetName(target)} is not in this cluster` };
  const destination = await cluster.resolveDestination(target, seen.destination);
  if (destination.kind === 'unresolved') return { unresolved: destination.reason };
  const { delivered } = deliveredCommits(seen);
  const { namespace } = seen.destination;
  const { rules: ignore, problems } = controllerIgnoreRules(seen);
  return {
    place: {
      ...bare,
      cluster: destination.cluster,
      controller: target.controller,
      managed: managedObjects(seen),
      ignore,
      ...(namespace === '' ? {} : { namespace }),
    },
    ...(delivered === undefined ? {} : { delivered }),
    ...(problems.length === 0 ? {} : { notIgnored: problems }),
  };
}

async function asked<T>(ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof FairleadError && (error.kind === 'upstream' || error.kind === 'forbidden')) return error.message;
    throw error;
  }
}
