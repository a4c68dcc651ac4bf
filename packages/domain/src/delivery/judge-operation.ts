import { jsonEquals } from '../document/json-equals.ts';
import { standingOfSources } from './argocd-standing.ts';
import { pinsOf } from './containment-of.ts';
import { errorCondition, isOurs, since, unknown, whose, type DeliveryFacts, type Judge, type OperationFacts } from './delivery-facts.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { judgeSyncWindows, windowSubject } from './judge-sync-windows.ts';
import { objectName } from '../desired-state/object-ref.ts';
import { operationInfo } from './sync-request.ts';

/** Nothing says that anything was ever synced; an operation may be on its way. */
export function judgeNoOperation(facts: DeliveryFacts): DeliveryVerdict {
  const { seen } = facts;
  if (seen.operationPending) return { kind: 'in-progress', reason: 'an operation is written and the controller has not taken it up' };
  const error = errorCondition(facts);
  if (error !== undefined) return { ...unknown('status.sync', `${error.type}: ${error.message}`), ...since(error.at) };
  if (seen.reconciledAt !== undefined && seen.sync.status === 'Unknown') {
    return unknown('status.sync.status', 'the controller could not compare desired and live', { refresh: true });
  }
  return { kind: 'not-yet', reason: whyNone(facts) };
}

/** An operation that was written and is nowhere went with the Application that it was written on, or somebody took it away. */
function whyNone({ expected: { operation, asked }, seen: { hydration } }: DeliveryFacts): string {
  if (operation !== undefined && asked !== undefined) {
    return `our operation ${operation} is not there any more: it was taken away, or the application was made anew`;
  }
  if (hydration?.phase === 'Failed') return `hydrating ${hydration.at ?? 'the branch'} failed${said(hydration.message ?? '')}`;
  return 'the controller has made no operation';
}

/** In order: what an operation alone says, before the comparison is looked at. */
export const operationJudges: readonly Judge<OperationFacts>[] = [judgeRunning, judgeFailed, judgeOurRequest, judgeForeign];

function judgeRunning(facts: OperationFacts): DeliveryVerdict | undefined {
  const { seen, operation } = facts;
  const { phase, message, startedAt, finishedAt } = operation;
  const waits = `${whose(facts)} waits: ${message}`;
  if (!seen.operationPending && phase !== 'Running' && phase !== 'Terminating') return undefined;
  if (phase === 'Running' && /blocked by sync window/i.test(message)) {
    return { kind: 'blocked', reason: `sync window: ${waits}${untilOpen(facts)}`, ...since(startedAt) };
  }
  if (phase === 'Running' && /waiting for .*confirmation/i.test(message)) {
    return { kind: 'blocked', reason: `${waits}: ${confirmation}`, ...since(startedAt) };
  }
  return { kind: 'in-progress', reason: `${whose(facts)} ${doing(phase, finishedAt)}${said(message)}`, ...since(startedAt) };
}

const confirmation = 'somebody has to confirm by the annotation argocd.argoproj.io/deletion-approved on the application';

/** What its own project says; the operation goes on by itself then. */
function untilOpen({ seen, now }: DeliveryFacts): string {
  const verdict = judgeSyncWindows(seen.project?.windows ?? [], windowSubject(seen), now);
  return verdict.kind === 'closed' && verdict.opens !== undefined ? `; it opens at ${verdict.opens}` : '';
}

function doing(phase: OperationFacts['operation']['phase'], finishedAt: string | undefined): string {
  if (phase === 'Terminating') return 'is being terminated';
  if (phase !== 'Running') return 'ends';
  return finishedAt === undefined ? 'is running' : 'waits for its retry';
}

function said(message: string): string {
  return message === '' ? '' : `: ${message}`;
}

/** Somebody else's failure says nothing about ours, which is then still to be made. */
function judgeFailed(facts: OperationFacts): DeliveryVerdict | undefined {
  const { expected, operation } = facts;
  if (operation.phase === 'Succeeded') return undefined;
  const reason = `${whose(facts)} failed${said(operation.message)}${failedParts(operation)}`;
  const failed = { kind: 'failed' as const, reason, ...since(operation.finishedAt) };
  if (isOurs(facts)) return failed;
  if (expected.operation !== undefined) return { kind: 'not-yet', reason: `our operation is not there: ${reason}` };
  return standingOfSources(operation.revisions, facts).containment === 'contains' ? failed : { kind: 'not-yet', reason };
}

/** "One or more tasks failed" names none of them. */
function failedParts({ resources }: OperationFacts['operation']): string {
  const failed = resources.filter(({ status, hookPhase }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error');
  const named = failed.slice(0, 3).map(({ ref, hook }) => `${hook === undefined ? '' : `${hook} hook `}${objectName(ref)}`);
  if (failed.length > named.length) named.push(`${String(failed.length - named.length)} more`);
  return named.length === 0 ? '' : ` (${named.join(', ')})`;
}

/** Older versions leak fields of the operation before into a new one, so "Succeeded" alone may be a partial sync of something else. */
function judgeOurRequest(facts: OperationFacts): DeliveryVerdict | undefined {
  const { expected, seen, operation } = facts;
  if (!isOurs(facts)) return undefined;
  if (expected.asked === undefined) return unknown('expected.asked', 'what our operation asked for is not on record');
  if (!jsonEquals(operation.asked, expected.asked)) {
    return unknown('status.operationState.operation.sync', `${whose(facts)} was carried out as something else than was asked`);
  }
  const pins = pinsOf(expected);
  const exact = pins.length === operation.revisions.length && pins.every((pin, index) => pin !== '' && pin === operation.revisions[index]);
  const isCommit =
    pins.includes(expected.commit) || (seen.hydration !== undefined && standingOfSources(pins, facts).containment === 'contains');
  if (exact && isCommit) return undefined;
  return unknown('status.operationState.syncResult.revision', `${whose(facts)} synced ${list(operation.revisions)}, not ${list(pins)}`);
}

function judgeForeign(facts: OperationFacts): DeliveryVerdict | undefined {
  const { expected, operation } = facts;
  if (isOurs(facts)) return undefined;
  const { containment, revision } = standingOfSources(operation.revisions, facts);
  const synced = `${whose(facts)} synced ${revision === '' ? 'an unnamed revision' : revision}`;
  switch (containment) {
    case 'unknown':
      return unknown('status.operationState.syncResult.revision', `${synced}: how it stands to ${expected.commit} is not known`);
    case 'not-contained':
      return { kind: 'not-yet', reason: `${synced}, which does not have ${expected.commit}`, commit: revision };
    case 'diverged':
      return { kind: 'head-moved', reason: `${synced}, of a history that does not have ${expected.commit}`, commit: revision };
    case 'differs':
      return { kind: 'superseded', reason: `${synced}, which has ${expected.commit} and newer inputs`, commit: revision };
    case 'contains':
      return isWhole(operation.asked)
        ? undefined
        : unknown('status.operationState.operation.sync', `${synced}, but only in part or on trial`);
  }
}

function isWhole({ dryRun, resources }: OperationFacts['operation']['asked']): boolean {
  return (dryRun === undefined || dryRun === false) && (resources === undefined || resources === null);
}

/** The last word on a target that holds the commit in full: by an operation of Fairlead, or past it. */
export function judgeAuthority(facts: OperationFacts): DeliveryVerdict | undefined {
  const { expected, operation } = facts;
  if (expected.operation === undefined || operation.info[operationInfo.operation] !== undefined) return undefined;
  return {
    kind: 'unauthorised',
    reason: `${whose(facts)} synced it, not our operation ${expected.operation}`,
    ...since(operation.finishedAt),
  };
}

function list(revisions: readonly string[]): string {
  return revisions.length === 0 ? 'no named revision' : revisions.join(', ');
}
