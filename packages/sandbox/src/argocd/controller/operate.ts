import {
  destinationNamespace,
  operationOf,
  operationStateOf,
  isRunning,
  projectNameOf,
  sourcesOf,
  trackingName,
} from '../application/application.ts';
import { operationRevisions, operationSources, type AppSources } from '../application/app-sources.ts';
import { checkSpec } from '../application/check-spec.ts';
import { timestamp } from '../../kube/timestamp.ts';
import { type Cluster } from '../cluster/cluster.ts';
import { at, objectAt, type Json, type JsonObject } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { isFinished, newOperationState, parseOperationState, type OperationState } from '../sync/operation-state.ts';
import { afterAttempt, nextAttemptAt } from '../sync/retry.ts';
import { syncPass, terminatePass, type PassInputs } from '../sync/sync-pass.ts';
import { canSync } from '../windows/sync-windows.ts';
import { type ControllerContext } from './controller-context.ts';
import { pause } from '../../kube/pause.ts';
import { type Loaded } from './manifest-loader.ts';
import { finishOperation, writeOperationState } from './write-operation.ts';

/** `idle`: nothing to do. `again`: the next step is due. `waiting`: look again when something changes, or in a while. */
export type Operated = 'idle' | 'again' | 'waiting' | 'finished';

/** Takes an application's operation one step further. */
export async function operate(context: ControllerContext, application: KubeObject): Promise<Operated> {
  const current = operationStateOf(application);
  if (current === undefined || !isRunning(application)) {
    const operation = operationOf(application);
    return operation === undefined ? 'idle' : pickUp(context, application, operation);
  }
  const state = parseOperationState(current);
  if (state.finishedAt !== undefined && state.phase === 'Running') return retryWhenDue(context, application, state);
  return advance(context, application, state);
}

async function pickUp(context: ControllerContext, application: KubeObject, operation: JsonObject): Promise<Operated> {
  await pause(context.latency.pickUpMs, context.signal);
  await writeOperationState(context, application, newOperationState(operation, timestamp(context.now())));
  await pause(context.latency.syncMs, context.signal);
  return 'again';
}

async function retryWhenDue(context: ControllerContext, application: KubeObject, state: OperationState): Promise<Operated> {
  if (nextAttemptAt(state, new Date(state.finishedAt ?? 0)) > context.now()) return 'waiting';
  const message = `Retrying operation. Attempt #${String(state.retryCount)}`;
  await writeOperationState(context, application, { ...state, message, finishedAt: undefined, syncResult: undefined });
  await pause(context.latency.syncMs, context.signal);
  return 'again';
}

async function advance(context: ControllerContext, application: KubeObject, state: OperationState): Promise<Operated> {
  const terminating = state.phase === 'Terminating';
  const after = afterAttempt(await attempt(context, application, state), context.now(), terminating);
  if (isFinished(after)) return (await finishOperation(context, application, after)) === 'patched' ? 'finished' : 'again';
  const isNews = await writeOperationState(context, application, after);
  await pause(isNews ? context.latency.settleMs : 0, context.signal);
  return isNews ? 'again' : 'waiting';
}

async function attempt(context: ControllerContext, application: KubeObject, state: OperationState): Promise<OperationState> {
  const verdict = checkSpec(application, { project: context.project(projectNameOf(application)), clusters: context.clusters });
  if (verdict.kind === 'invalid') {
    return { ...state, phase: 'Error', message: verdict.conditions.map(({ type, message }) => `${type}: ${message}`).join(';') };
  }
  const { cluster } = verdict;
  const loaded = await load(context, application, { state, cluster });
  const begun = withResult(application, state, loaded);
  const terminating = state.phase === 'Terminating';
  if (!terminating && isBlocked(context, application, { project: verdict.project, cluster, state })) {
    return { ...begun, phase: 'Running', message: 'Sync operation blocked by sync window' };
  }
  if (loaded.kind === 'failed' && terminating) return { ...begun, phase: 'Failed', message: 'Operation terminated' };
  if (loaded.kind === 'failed') return { ...begun, phase: 'Error', message: `ComparisonError: ${loaded.message}` };

  await cluster.live.watch(loaded.objects);
  const inputs: PassInputs = {
    application,
    trackingName: trackingName(application, context.namespace),
    cluster,
    declared: loaded.objects,
    state: begun,
  };
  return terminating ? terminatePass(inputs) : syncPass(inputs);
}

function load(
  context: ControllerContext,
  application: KubeObject,
  { state, cluster }: { readonly state: OperationState; readonly cluster: Cluster },
): Promise<Loaded> {
  return context.manifests.load({
    application,
    trackingName: trackingName(application, context.namespace),
    cluster,
    sources: syncSources(application, state),
    // Once it began, an operation stays at its commits.
    revisions: state.syncResult?.revisions ?? wantedRevisions(application, state),
  });
}

function syncSources(application: KubeObject, { operation }: OperationState): AppSources {
  return operationSources(objectAt(operation, 'sync'), sourcesOf(application));
}

function wantedRevisions(application: KubeObject, state: OperationState): readonly string[] {
  return operationRevisions(objectAt(state.operation, 'sync'), syncSources(application, state));
}

/** A revision that couldn't be loaded stands as it was asked for. */
function withResult(application: KubeObject, state: OperationState, loaded: Loaded): PassInputs['state'] {
  if (state.syncResult !== undefined) return { ...state, syncResult: state.syncResult };
  const revisions = loaded.kind === 'loaded' ? loaded.revisions : wantedRevisions(application, state);
  return { ...state, syncResult: { revisions, sources: syncSources(application, state), resources: [] } };
}

interface WindowQuestion {
  readonly project: Json;
  readonly cluster: Cluster;
  readonly state: OperationState;
}

function isBlocked(context: ControllerContext, application: KubeObject, { project, cluster, state }: WindowQuestion): boolean {
  const subject = {
    application: nameOf(application),
    namespace: destinationNamespace(application),
    clusters: [cluster.server, cluster.name],
  };
  const manual = at(state.operation, 'initiatedBy', 'automated') !== true;
  return !canSync(project, subject, { manual, now: context.now(), startedAt: new Date(state.startedAt) });
}
