import { isDeepStrictEqual } from 'node:util';

import { revisionFields, sourceFields } from '../application/app-sources.ts';
import { operationOf, operationStateOf } from '../application/application.ts';
import { timestamp } from '../../kube/timestamp.ts';
import { at, listAt, numberAt, objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { operationStateJson, type OperationState } from '../sync/operation-state.ts';
import { type ControllerContext } from './controller-context.ts';

/** Writes a running operation's state whole, so that no field of an earlier operation survives in it. False: it is what stands there already. */
export async function writeOperationState(context: ControllerContext, application: KubeObject, state: OperationState): Promise<boolean> {
  const value = operationStateJson(state);
  if (isDeepStrictEqual(operationStateOf(application), value)) return false;
  await context.applications.patch(nameOf(application), [
    ...guard(application),
    ...parent(application),
    { op: 'add', path: '/status/operationState', value },
  ]);
  return true;
}

/** The end of an operation in the order of the real controller: history first, then the final state together with the request's removal. */
export async function finishOperation(
  context: ControllerContext,
  application: KubeObject,
  state: OperationState,
): Promise<'patched' | 'refused'> {
  const entry = historyEntry(application, state, context.now());
  if (entry !== undefined) {
    const kept = [...listAt(application, 'status', 'history'), entry].slice(-historyLimit(application));
    await context.applications.patch(nameOf(application), [{ op: 'add', path: '/status/history', value: kept }]);
  }
  const current = context.applications.get(nameOf(application)) ?? application;
  const remove: readonly JsonObject[] = operationOf(current) === undefined ? [] : [{ op: 'remove', path: '/operation' }];
  const write = { op: 'add', path: '/status/operationState', value: operationStateJson(state) };
  const outcome = await context.applications.patch(nameOf(application), [...guard(application), write, ...remove]);
  if (outcome === 'patched') context.record(application, completion(state));
  return outcome;
}

/** A termination asked for meanwhile must not be written over. */
function guard(application: KubeObject): readonly JsonObject[] {
  const phase = textAt(operationStateOf(application), 'phase');
  return phase === undefined ? [] : [{ op: 'test', path: '/status/operationState/phase', value: phase }];
}

function parent(application: KubeObject): readonly JsonObject[] {
  return at(application, 'status') === undefined ? [{ op: 'add', path: '/status', value: {} }] : [];
}

/** Only a whole sync that succeeded and changed something makes history. */
function historyEntry(application: KubeObject, state: OperationState, now: Date): JsonObject | undefined {
  const { operation, syncResult, phase, startedAt } = state;
  const sync = objectAt(operation, 'sync');
  if (phase !== 'Succeeded' || syncResult === undefined || sync['dryRun'] === true || listAt(sync, 'resources').length > 0)
    return undefined;
  if (historyLimit(application) === 0) return undefined;
  const ids = listAt(application, 'status', 'history').map((entry) => numberAt(entry, 'id') ?? 0);
  return {
    deployStartedAt: startedAt,
    deployedAt: timestamp(now),
    id: Math.max(-1, ...ids) + 1,
    initiatedBy: objectAt(operation, 'initiatedBy'),
    ...revisionFields(syncResult.sources, syncResult.revisions),
    ...sourceFields(syncResult.sources),
  };
}

function historyLimit(application: KubeObject): number {
  return numberAt(application, 'spec', 'revisionHistoryLimit') ?? 10;
}

function completion(state: OperationState): { type: 'Normal' | 'Warning'; reason: 'OperationCompleted'; message: string } {
  const partial = listAt(state.operation, 'sync', 'resources').length > 0;
  const what = `${partial ? 'Partial sync' : 'Sync'} operation to ${state.syncResult?.revisions.join(', ') ?? ''}`;
  if (state.phase === 'Succeeded') return { type: 'Normal', reason: 'OperationCompleted', message: `${what} succeeded` };
  return { type: 'Warning', reason: 'OperationCompleted', message: `${what} failed: ${state.message}` };
}
