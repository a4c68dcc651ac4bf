import { objectKey } from '../desired-state/object-ref.ts';
import { standingOfSources } from './argocd-standing.ts';
import { errorCondition, since, unknown, whose, type Judge, type OperationFacts } from './delivery-facts.ts';
import type { ObservedResource } from './observed-argocd.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';

/** In order: what the controller's comparison and health say, once an operation has brought the commit. */
export const comparisonJudges: readonly Judge<OperationFacts>[] = [
  judgeTimes,
  judgeErrors,
  judgeCompared,
  judgeHead,
  judgePrune,
  judgeSync,
  judgeHealth,
];

/** Sync and health are computed in another loop than operations: they count from the first comparison that began after the operation's end. */
function judgeTimes({ expected, seen, operation, now }: OperationFacts): DeliveryVerdict | undefined {
  const finished = timeOf(operation.finishedAt);
  if (finished === undefined) return unknown('status.operationState.finishedAt', 'the operation has no end');
  const reconciled = timeOf(seen.reconciledAt);
  if (reconciled === undefined) return unknown('status.reconciledAt', 'the controller has made no full comparison', { refresh: true });
  const ageMs = now.getTime() - Math.max(finished, reconciled);
  if (Math.abs(ageMs) > expected.statusMaxAgeMs) {
    const off = ageMs > 0 ? 'old' : 'ahead of our clock';
    return {
      kind: 'stale',
      reason: `the status is ${String(Math.round(Math.abs(ageMs) / 1000))} s ${off}`,
      refresh: true,
      ...since(seen.reconciledAt),
    };
  }
  if (reconciled >= finished) return undefined;
  return { kind: 'in-progress', reason: 'synced; the controller has not compared since', refresh: true, ...since(operation.finishedAt) };
}

function timeOf(at: string | undefined): number | undefined {
  const time = at === undefined ? NaN : Date.parse(at);
  return Number.isNaN(time) ? undefined : time;
}

function judgeErrors(facts: OperationFacts): DeliveryVerdict | undefined {
  const error = errorCondition(facts);
  return error === undefined ? undefined : { ...unknown('status.sync', `${error.type}: ${error.message}`), ...since(error.at) };
}

const sha = /^[0-9a-f]{40}$/;

function judgeCompared({ seen: { sync, comparedToSpec } }: OperationFacts): DeliveryVerdict | undefined {
  if (!comparedToSpec) {
    return unknown('status.sync.comparedTo', 'the status was compared with another source, destination or ignore rule', { refresh: true });
  }
  if (sync.status === 'Unknown')
    return unknown('status.sync.status', 'the controller could not compare desired and live', { refresh: true });
  // After a broken render this is the branch's name.
  if (sync.revisions.some((revision) => sha.test(revision))) return undefined;
  return unknown('status.sync.revision', `the controller compared with ${sync.revisions.join(', ') || 'nothing'}, not with a commit`);
}

function judgeHead(facts: OperationFacts): DeliveryVerdict | undefined {
  const { expected, seen } = facts;
  const { containment, revision } = standingOfSources(seen.sync.revisions, facts);
  switch (containment) {
    case 'unknown':
      return unknown('status.sync.revision', `how ${revision} stands to ${expected.commit} is not known`, { commit: revision });
    case 'not-contained':
      return {
        kind: 'not-yet',
        reason: `the controller compares with ${revision}, which does not have ${expected.commit}`,
        commit: revision,
        refresh: true,
      };
    case 'diverged':
      return {
        kind: 'head-moved',
        reason: `the branch was written anew: it is at ${revision}, which will never have ${expected.commit}`,
        commit: revision,
      };
    case 'differs':
      return { kind: 'head-moved', reason: `synced, but the branch has newer inputs at ${revision}`, commit: revision };
    case 'contains':
      return undefined;
  }
}

/** A sync may be told to leave an object, by its own annotation or until somebody confirms: then the operation succeeds without it. */
function judgePrune({ seen, operation }: OperationFacts): DeliveryVerdict | undefined {
  const left = seen.resources.filter(({ requiresPruning, hook }) => requiresPruning && !hook);
  if (left.length === 0) return undefined;
  const keys = new Set(left.map(({ ref }) => objectKey(ref)));
  const why = operation.resources.find(({ ref, status }) => status === 'PruneSkipped' && keys.has(objectKey(ref)))?.message ?? '';
  return { kind: 'out-of-sync', reason: `not pruned: ${names(left)}${why === '' ? '' : ` (${why})`}` };
}

function judgeSync({ seen }: OperationFacts): DeliveryVerdict | undefined {
  if (seen.sync.status !== 'OutOfSync') return undefined;
  const off = seen.resources.filter(({ sync }) => sync === 'OutOfSync');
  return { kind: 'out-of-sync', reason: off.length === 0 ? 'live differs from desired' : `live differs from desired: ${names(off)}` };
}

const shown = 5;

function names(resources: readonly ObservedResource[]): string {
  const rest = resources.length - shown;
  const first = resources.slice(0, shown).map(({ ref }) => objectKey(ref));
  return rest > 0 ? `${first.join(', ')} and ${String(rest)} more` : first.join(', ');
}

/** A synced target with nothing alive is on its way: `Missing` with `Synced` doesn't last. */
const kindOfHealth: Readonly<Record<string, DeliveryVerdict['kind'] | undefined>> = {
  Healthy: 'delivered',
  Progressing: 'in-progress',
  Missing: 'in-progress',
  Suspended: 'suspended',
  Degraded: 'degraded',
};

function judgeHealth(facts: OperationFacts): DeliveryVerdict | undefined {
  const { status, message, since: at } = facts.seen.health;
  const kind = Object.hasOwn(kindOfHealth, status) ? kindOfHealth[status] : undefined;
  if (kind === undefined) return unknown('status.health.status', `health is ${status === '' ? 'not given' : status}`);
  if (kind === 'delivered') return undefined;
  return { kind, reason: `synced by ${whose(facts)}; health is ${status}${message === undefined ? '' : `: ${message}`}`, ...since(at) };
}
