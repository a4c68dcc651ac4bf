import { destinationNamespace, hasOption, syncOptionsOf } from '../application/application.ts';
import { type Cluster } from '../cluster/cluster.ts';
import { isModified } from '../compare/compare-object.ts';
import { hookTypesOf } from '../application/hook.ts';
import { objectAt, type JsonObject } from '../../json/json.ts';
import { keyOf, type KubeObject } from '../../kube/kube-object.ts';
import { applier, type Applier } from './applier.ts';
import { afterWave, nextStep, type NextStep, type Results } from './next-step.ts';
import { type OperationState, type SyncResult } from './operation-state.ts';
import { planTasks } from './plan-tasks.ts';
import { removeFinishedHooks, runWave } from './run-tasks.ts';
import { parseResults, resultRow, taskKey, type SyncTask, type TaskResult } from './sync-task.ts';
import { taskOutcome } from './task-outcome.ts';

export interface PassInputs {
  readonly application: KubeObject;
  readonly trackingName: string;
  readonly cluster: Cluster;
  readonly declared: readonly KubeObject[];
  readonly state: OperationState & { readonly syncResult: SyncResult };
}

/** One step of a sync: looks at what runs, then runs at most one wave. Every pass starts from `syncResult` alone, so it may be repeated. */
export async function syncPass(inputs: PassInputs): Promise<OperationState> {
  const { state } = inputs;
  const sync = objectAt(state.operation, 'sync');
  const apply = applier(inputs.cluster, { syncOptions: syncOptionsOf(state.operation), dryRun: sync['dryRun'] === true });
  const tasks = await plan(inputs, sync);
  const results = new Map(updatedResults(inputs, tasks));
  let step = nextStep(tasks, results);
  if (step.kind === 'run') {
    const wave = step.tasks;
    const outcomes = await runWave(wave, apply);
    wave.forEach((task, index) => {
      const outcome = outcomes[index];
      if (outcome !== undefined) results.set(taskKey(task), outcome);
    });
    step = afterWave(wave, tasks, results);
  }
  if (step.kind === 'succeeded' || step.kind === 'failed') {
    await removeFinishedHooks(tasks, step.kind === 'succeeded' ? 'HookSucceeded' : 'HookFailed', apply);
  }
  return stateAfter(state, step, rowsOf(tasks, results, state.syncResult.resources));
}

/** Stops a sync that runs: its hooks are removed, and it fails. */
export async function terminatePass(inputs: PassInputs): Promise<OperationState> {
  const { state } = inputs;
  const sync = objectAt(state.operation, 'sync');
  const apply = applier(inputs.cluster, { syncOptions: [], dryRun: false });
  const tasks = await plan(inputs, sync);
  const results = new Map(parseResults(state.syncResult.resources));
  for (const task of tasks) await terminateTask(task, results, apply);
  return stateAfter(state, { kind: 'failed', message: 'Operation terminated' }, rowsOf(tasks, results, state.syncResult.resources));
}

async function terminateTask(task: SyncTask, results: Map<string, TaskResult>, apply: Applier): Promise<void> {
  const result = results.get(taskKey(task));
  if (task.hook === undefined || result?.phase !== 'Running') return;
  await apply.remove(task.object);
  results.set(taskKey(task), { ...result, phase: 'Failed', message: 'Terminated' });
}

async function plan(inputs: PassInputs, sync: JsonObject): Promise<readonly SyncTask[]> {
  const { application, cluster, declared, trackingName, state } = inputs;
  const syncOptions = syncOptionsOf(state.operation);
  const { live } = cluster;
  const planned = planTasks({
    sync,
    syncOptions,
    declared,
    tracked: live.trackedBy(trackingName),
    missingNamespace: await missingNamespace(inputs, destinationNamespace(application)),
  });
  if (!hasOption(syncOptions, 'ApplyOutOfSyncOnly')) return planned;
  const earlier = parseResults(state.syncResult.resources);
  return planned.filter(
    (task) => earlier.has(taskKey(task)) || task.action !== 'apply' || hookTypesOf(task.object).length > 0 || differs(task.object, cluster),
  );
}

function differs(object: KubeObject, { live }: Cluster): boolean {
  const present = live.find(object.apiVersion, keyOf(object));
  return present === undefined || isModified(object, present);
}

/** A namespace that an earlier pass made stays among the tasks, so that its result does. */
async function missingNamespace({ cluster, state }: PassInputs, name: string): Promise<string | undefined> {
  if (name === '') return undefined;
  const object: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  const task: SyncTask = { action: 'create-namespace', phase: 'PreSync', wave: 0, object };
  if (parseResults(state.syncResult.resources).has(taskKey(task))) return name;
  return (await applier(cluster, { syncOptions: [], dryRun: false }).read(object)) === undefined ? name : undefined;
}

function updatedResults({ cluster, state }: PassInputs, tasks: readonly SyncTask[]): Results {
  const results = new Map(parseResults(state.syncResult.resources));
  const unfinished = tasks.some((task) => !results.has(taskKey(task))) || [...results.values()].some(({ phase }) => phase === 'Failed');
  for (const task of tasks) {
    const result = results.get(taskKey(task));
    const looksAgain = task.hook !== undefined || (unfinished && task.action === 'apply');
    if (result?.phase !== 'Running' || !looksAgain) continue;
    results.set(taskKey(task), taskOutcome(task, result, cluster.live.find(task.object.apiVersion, keyOf(task.object))));
  }
  return results;
}

/** In the order of the tasks; a result whose task is gone, such as a pruned object's, stays. */
function rowsOf(tasks: readonly SyncTask[], results: Results, before: readonly JsonObject[]): readonly JsonObject[] {
  const rows = tasks.flatMap((task) => {
    const result = results.get(taskKey(task));
    return result === undefined ? [] : [resultRow(task, result)];
  });
  const known = new Set(tasks.map(taskKey));
  const gone = before.filter((row) => ![...parseResults([row]).keys()].every((key) => known.has(key)));
  return [...gone, ...rows];
}

function stateAfter(state: PassInputs['state'], step: NextStep, resources: readonly JsonObject[]): OperationState {
  const syncResult = { ...state.syncResult, resources };
  switch (step.kind) {
    case 'run':
    case 'wait':
      return { ...state, syncResult, phase: 'Running', message: step.kind === 'wait' ? step.message : state.message };
    case 'succeeded':
      return { ...state, syncResult, phase: 'Succeeded', message: step.message };
    case 'failed':
      return { ...state, syncResult, phase: 'Failed', message: step.message };
  }
}
