import { since, unknown, type Judge } from './delivery-facts.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { fluxName, isOfNow, said, standingOfRevision, type FluxFacts } from './flux-facts.ts';
import { conditionOf, isAsked, type FluxCondition } from './flux-state.ts';
import type { ObservedFlux } from './observed-flux.ts';

/** In order: what the Kustomization says of its own last reconciliation, whatever it was of. */
export const reconciliationJudges: readonly Judge<FluxFacts>[] = [
  judgeSuspended,
  judgeDeletion,
  judgeSource,
  judgeStalled,
  judgeFailure,
  judgeDependency,
  judgeReady,
];

/** First of all: a suspended object looks as if it had handled every request, and stays `Ready` for ever. */
function judgeSuspended({ seen }: FluxFacts): DeliveryVerdict | undefined {
  if (seen.suspended) return { kind: 'suspended', reason: 'the Kustomization is suspended' };
  const { origin } = seen;
  return origin.found && origin.suspended ? { kind: 'suspended', reason: `its source ${fluxName(origin)} is suspended` } : undefined;
}

function judgeDeletion({ seen }: FluxFacts): DeliveryVerdict | undefined {
  return seen.deleting ? unknown('metadata', 'the Kustomization is being deleted, and what it made with it') : undefined;
}

/** Without an artifact nothing can be applied, and what is said of the time before means nothing. */
function judgeSource({ seen: { origin } }: FluxFacts): DeliveryVerdict | undefined {
  const source = fluxName(origin);
  if (!origin.found) return unknown(source, `its source ${source} does not exist`);
  if (origin.revision !== undefined) return undefined;
  const ready = conditionOf(origin, 'Ready');
  if (ready?.status === 'False')
    return { ...unknown(`status.artifact of ${source}`, `${source} has fetched nothing: ${said(ready)}`), ...since(ready.at) };
  return { kind: 'not-yet', reason: `its source ${source} has fetched nothing yet` };
}

/** Nothing but a change of the specification helps then. */
function judgeStalled({ seen }: FluxFacts): DeliveryVerdict | undefined {
  const stalled = conditionOf(seen, 'Stalled');
  if (stalled?.status !== 'True' || !isOfNow(stalled, seen)) return undefined;
  return { kind: 'failed', reason: `it is stalled: ${said(stalled)}`, ...since(stalled.at) };
}

/** It tries again by itself for ever, so this is what its failure looks like; `Healthy` may still be True, and `observedGeneration` lags. */
function judgeFailure(facts: FluxFacts): DeliveryVerdict | undefined {
  const { seen } = facts;
  const ready = conditionOf(seen, 'Ready');
  const retries = conditionOf(seen, 'Reconciling')?.reason === 'ProgressingWithRetry';
  if (!retries || isAsked(seen) || ready?.status !== 'False' || !isOfNow(ready, seen)) return undefined;
  const { containment, revision } = standingOfRevision(facts, failedRevision(seen, ready));
  const failure = `${revision} failed: ${said(ready)}`;
  switch (containment) {
    case 'contains':
      return { kind: 'failed', reason: failure, commit: revision, ...since(ready.at) };
    case 'differs':
      return { kind: 'superseded', reason: `a later commit with newer inputs, ${failure}`, commit: revision, ...since(ready.at) };
    case 'not-contained':
      return { kind: 'not-yet', reason: `an earlier commit, ${failure}`, commit: revision, refresh: true, ...since(ready.at) };
    case 'diverged':
      return { kind: 'head-moved', reason: `a commit of another history, ${failure}`, commit: revision, ...since(ready.at) };
    case 'unknown':
      return { ...unknown('status.lastAttemptedRevision', `it failed: ${said(ready)}`), ...since(ready.at) };
  }
}

/** A path that the artifact doesn't have fails before the attempt is put down: then it is the artifact that failed. */
function failedRevision({ origin, lastAttempted }: ObservedFlux, ready: FluxCondition): string | undefined {
  if (ready.reason !== 'ArtifactFailed' || !origin.found) return lastAttempted;
  const failedSince = Date.parse(ready.at ?? '') > Date.parse(origin.fetchedAt ?? '');
  return failedSince ? origin.revision : lastAttempted;
}

/** It has "handled" the request then, and applied nothing. */
function judgeDependency({ seen }: FluxFacts): DeliveryVerdict | undefined {
  const ready = conditionOf(seen, 'Ready');
  if (ready?.status !== 'False' || ready.reason !== 'DependencyNotReady') return undefined;
  return { kind: 'blocked', reason: said(ready), ...since(ready.at) };
}

function judgeReady(facts: FluxFacts): DeliveryVerdict | undefined {
  const { seen } = facts;
  const ready = conditionOf(seen, 'Ready');
  if (ready === undefined) return neverLooked(seen);
  if (!isOfNow(ready, seen)) {
    return { kind: 'in-progress', reason: `it has not looked at generation ${String(seen.generation)} of itself yet`, ...since(ready.at) };
  }
  switch (ready.status) {
    case 'Unknown':
      return { kind: 'in-progress', reason: said(ready), ...since(ready.at), ...recheckOf(facts) };
    case 'False':
      return notReady(seen, ready);
    case 'True':
      return isOfNow(seen, seen) ? undefined : { kind: 'in-progress', reason: 'it is closing a reconciliation', ...since(ready.at) };
  }
}

function neverLooked(seen: ObservedFlux): DeliveryVerdict {
  if (conditionOf(seen, 'Reconciling')?.status === 'True') return { kind: 'in-progress', reason: 'it begins to reconcile' };
  return seen.conditions.length === 0
    ? { kind: 'not-yet', reason: 'the controller has not looked at it yet' }
    : unknown('status.conditions[Ready]', 'it does not say whether it is ready');
}

function notReady(seen: ObservedFlux, ready: FluxCondition): DeliveryVerdict {
  const goesOn = isAsked(seen) || ready.reason === 'HealthCheckCanceled' || ready.reason === 'Progressing';
  if (goesOn) return { kind: 'in-progress', reason: said(ready), ...since(ready.at) };
  return { ...unknown('status.conditions[Ready]', `it is not ready: ${said(ready)}`), ...since(ready.at) };
}

/** Every interval it looks again at what it has applied, and isn't `Ready` meanwhile. */
function recheckOf(facts: FluxFacts): Pick<DeliveryVerdict, 'rechecking'> {
  const { lastApplied, lastAttempted } = facts.seen;
  const same = lastApplied !== undefined && lastApplied === lastAttempted;
  return same && standingOfRevision(facts, lastApplied).containment === 'contains' ? { rechecking: true } : {};
}
