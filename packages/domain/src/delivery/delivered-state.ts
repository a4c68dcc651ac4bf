import type { ObjectRef } from '../desired-state/object-ref.ts';
import { comparedCommits, namedCommits } from './argocd-standing.ts';
import type { ObservedDelivery } from './delivery-observation.ts';
import { commitOfFlux } from './flux-commit.ts';
import { conditionOf } from './flux-state.ts';
import type { ObservedFlux } from './observed-flux.ts';

/** What is there, in the words of one controller: Argo CD's. `revisions` in the controller's own words. */
interface DeliveredState {
  readonly revisions: readonly string[];
  readonly sync: 'Synced' | 'OutOfSync' | 'Unknown';
  readonly health: string;
}

/** For people; nothing is judged by it. */
export function deliveredState(seen: ObservedDelivery): DeliveredState {
  switch (seen.controller) {
    case 'argocd':
      return { revisions: seen.sync.revisions, sync: seen.sync.status, health: seen.health.status };
    case 'flux':
      return { revisions: appliedRevisions(seen), sync: syncOf(seen), health: healthOf(seen) };
  }
}

/** All that the controller names as compared, tried or synced: how each stands to a commit decides about its delivery. */
export function namedRevisions(seen: ObservedDelivery): readonly string[] {
  switch (seen.controller) {
    case 'argocd':
      return namedCommits(seen);
    case 'flux': {
      const { origin, made } = seen;
      const nested = made.flatMap((made) => (made.kind === 'Kustomization' && made.nested.sameSource ? [made.nested.lastApplied] : []));
      const revisions = [seen.lastApplied, seen.lastAttempted, origin.found ? origin.revision : undefined, ...nested];
      return distinct(revisions.flatMap((revision) => commitOfFlux(seen, revision) ?? []));
    }
  }
}

/** What the controller says it manages; hooks come and go and are none. */
export function managedObjects(seen: ObservedDelivery): readonly ObjectRef[] {
  return seen.controller === 'flux' ? seen.inventory : seen.resources.filter(({ hook }) => !hook).map(({ ref }) => ref);
}

/** Of what the controller names, the commits of the repository that it reads the folder from. */
export function revisionsOfSource(seen: ObservedDelivery, path: string): readonly string[] {
  return seen.controller === 'flux' ? namedRevisions(seen) : comparedCommits(seen, path);
}

/** Where the controller puts objects, as far as it says. */
export function deliveredNamespaces(seen: ObservedDelivery): readonly string[] {
  const { namespace } = seen.destination;
  const inventory = seen.controller === 'flux' ? seen.inventory.flatMap((ref) => ref.namespace ?? []) : [];
  return distinct([namespace, ...inventory]).filter((name) => name !== '');
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function appliedRevisions(seen: ObservedFlux): readonly string[] {
  const { lastApplied } = seen;
  return lastApplied === undefined ? [] : [commitOfFlux(seen, lastApplied) ?? lastApplied];
}

/** Flux has no word for it: what was fetched is applied, or isn't yet. */
function syncOf({ origin, lastApplied, lastAttempted }: ObservedFlux): DeliveredState['sync'] {
  if (lastApplied === undefined || !origin.found || origin.revision === undefined) return 'Unknown';
  return lastApplied === origin.revision && lastApplied === lastAttempted ? 'Synced' : 'OutOfSync';
}

const wordOf = { True: 'Healthy', False: 'Degraded', Unknown: 'Progressing' } as const;

function healthOf(seen: ObservedFlux): string {
  if (seen.suspended) return 'Suspended';
  const ready = conditionOf(seen, 'Ready');
  const healthy = conditionOf(seen, 'Healthy');
  if (ready?.status === 'False') return 'Degraded';
  const own = seen.ownHealth?.objects.find(({ status }) => status !== 'Healthy');
  if (own !== undefined) return own.status;
  if (healthy !== undefined) return wordOf[healthy.status];
  return seen.ownHealth === undefined ? 'Unknown' : 'Healthy';
}
