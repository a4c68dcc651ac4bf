import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { commitsOfSource } from './argocd-standing.ts';
import type { ObservedDelivery } from './delivery-observation.ts';
import { commitOfFlux } from './flux-commit.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { ObservedFlux } from './observed-flux.ts';

/** What a controller has brought into the cluster, and what it is bringing there. */
export interface DeliveredCommits {
  /** Absent: nothing that is known. */
  readonly delivered?: CommitSha;
  /** On its way: an object may be as either of the two says. */
  readonly arriving?: CommitSha;
}

/** From the controller's own account. A branch head that it only compared with is not delivered. `last`: what was delivered when it was last known; an operation
 *  that fails changes the account, and not what is there. */
export function deliveredCommits(seen: ObservedDelivery, last?: CommitSha): DeliveredCommits {
  switch (seen.controller) {
    case 'argocd':
      return byArgoCd(seen, last);
    case 'flux':
      return byFlux(seen, last);
  }
}

function byArgoCd(seen: ObservedArgoCd, last: CommitSha | undefined): DeliveredCommits {
  const { sync, operation } = seen;
  const synced = sync.status === 'Synced' ? commitOf(seen, sync.revisions) : undefined;
  const applied = operation === undefined ? undefined : commitOf(seen, operation.revisions);
  const before = last ?? synced;
  switch (standingOf(seen)) {
    case 'running':
      return { ...known(before), ...arrivingAt(applied ?? commitAsked(seen)) };
    case 'rolling':
      return { ...known(before ?? applied), ...arrivingAt(applied) };
    case 'over':
      return known(applied ?? synced ?? last);
    case 'failed':
      return known(synced ?? last);
  }
}

function commitOf(seen: ObservedArgoCd, revisions: readonly string[]): CommitSha | undefined {
  return commitIn(commitsOfSource(seen, revisions, seen.source.path));
}

const Asked = z.object({ revision: z.string().optional().catch(undefined), revisions: z.array(z.string()).optional().catch(undefined) });

/** The controller tells what it synced when it is through with the first objects, and applies them before: until then what was asked is on its way, or what it
 *  compared with last. */
function commitAsked(seen: ObservedArgoCd): CommitSha | undefined {
  const { revision, revisions } = Asked.parse(seen.operation?.asked ?? {});
  return commitOf(seen, revisions ?? (revision === undefined ? [] : [revision])) ?? commitOf(seen, seen.sync.revisions);
}

/** `rolling`: while pods are replaced, the old ones are what was delivered before. */
function standingOf({ operation, operationPending, health }: ObservedArgoCd): 'running' | 'rolling' | 'over' | 'failed' {
  if (operationPending) return 'running';
  switch (operation?.phase) {
    case undefined:
    case 'Failed':
    case 'Unknown':
    case 'Error':
      return 'failed';
    case 'Running':
    case 'Terminating':
      return 'running';
    case 'Succeeded':
      return health.status === 'Progressing' ? 'rolling' : 'over';
  }
}

function arrivingAt(commit: CommitSha | undefined): DeliveredCommits {
  return commit === undefined ? {} : { arriving: commit };
}

function byFlux(seen: ObservedFlux, last: CommitSha | undefined): DeliveredCommits {
  const delivered = commitOfFlux(seen, seen.lastApplied) ?? last;
  const attempted = commitOfFlux(seen, seen.lastAttempted);
  return { ...known(delivered), ...arrivingAt(attempted === delivered ? undefined : attempted) };
}

function known(commit: CommitSha | undefined): DeliveredCommits {
  return commit === undefined ? {} : { delivered: commit };
}

/** After a broken render a revision is a branch's name. */
function commitIn(revisions: readonly string[]): CommitSha | undefined {
  return revisions.flatMap((revision) => CommitSha.safeParse(revision).data ?? [])[0];
}
