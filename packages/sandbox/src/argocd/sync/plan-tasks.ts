import { hasOption } from '../application/application.ts';
import { hookTypesOf } from '../application/hook.ts';
import { waveOf } from '../application/wave.ts';
import { at, isJsonObject, listAt, objectAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { annotationOf, groupOf, keyOf, keyText, nameOf, namespaceOf, withMetadata, type KubeObject } from '../../kube/kube-object.ts';
import { kindRank } from './kind-order.ts';
import { syncPhases, type SyncPhase, type SyncTask } from './sync-task.ts';

export interface TaskInputs {
  /** `operation.sync`. */
  readonly sync: JsonObject;
  readonly syncOptions: readonly string[];
  readonly declared: readonly KubeObject[];
  /** Live and tracked. */
  readonly tracked: readonly KubeObject[];
  /** The application's namespace, when it has to be made first. */
  readonly missingNamespace: string | undefined;
}

/** Everything a sync does, in the order in which it does it. */
export function planTasks(inputs: TaskInputs): readonly SyncTask[] {
  const { sync, syncOptions, missingNamespace } = inputs;
  const applies = inputs.declared.flatMap((object) => applyTasks(object, runsHooks(sync)));
  const tasks = [...applies, ...pruneTasks(inputs, applies)].filter(({ object }) => isSelected(object, listAt(sync, 'resources')));
  const namespace =
    hasOption(syncOptions, 'CreateNamespace') && missingNamespace !== undefined ? [namespaceTask(missingNamespace, tasks)] : [];
  return [...namespace, ...tasks].sort(inOrder);
}

/** A partial sync runs no hooks, nor does the strategy that only applies. */
function runsHooks(sync: JsonObject): boolean {
  const onlyApplies = isJsonObject(at(sync, 'syncStrategy', 'apply'));
  return !onlyApplies && listAt(sync, 'resources').length === 0;
}

function applyTasks(object: KubeObject, withHooks: boolean): readonly SyncTask[] {
  const hooks = hookTypesOf(object);
  if (hooks.length === 0) return [{ action: 'apply', phase: 'Sync', wave: waveOf(object), object }];
  if (!withHooks) return [];
  return hooks.flatMap((hook): readonly SyncTask[] => {
    const phase = syncPhases.find((candidate) => candidate === hook);
    return phase === undefined ? [] : [{ action: 'apply', phase, wave: waveOf(object), object: named(object, phase), hook }];
  });
}

function named(object: KubeObject, phase: SyncPhase): KubeObject {
  const prefix = textAt(object.metadata, 'generateName');
  return nameOf(object) !== '' || prefix === undefined
    ? object
    : withMetadata(object, { ...object.metadata, name: `${prefix}${phase.toLowerCase()}` });
}

function pruneTasks({ sync, syncOptions, declared, tracked }: TaskInputs, applies: readonly SyncTask[]): readonly SyncTask[] {
  const keys = new Set(declared.map((object) => keyText(keyOf(object))));
  const extras = tracked.filter((live) => !keys.has(keyText(keyOf(live))) && hookTypesOf(live).length === 0);
  const waves = [...new Set(extras.map(waveOf))].sort((a, b) => a - b);
  const last = Math.max(0, ...applies.map(({ wave }) => wave), ...waves) + 1;
  return extras.map((object) => {
    const options = (annotationOf(object, 'argocd.argoproj.io/sync-options') ?? '').split(',').map((option) => option.trim());
    const atEnd = hasOption(syncOptions, 'PruneLast') || hasOption(options, 'PruneLast');
    // Pruning undoes in reverse: what came in the last wave goes in the first.
    const reversed = waves[waves.length - 1 - waves.indexOf(waveOf(object))] ?? 0;
    const prunes = at(sync, 'prune') === true && !hasOption(options, 'Prune', 'false');
    return { action: prunes ? 'prune' : 'skip-prune', phase: 'Sync', wave: atEnd ? last : reversed, object };
  });
}

function namespaceTask(name: string, tasks: readonly SyncTask[]): SyncTask {
  const first = Math.min(0, ...tasks.map(({ wave }) => wave));
  return {
    action: 'create-namespace',
    phase: 'PreSync',
    wave: first - 1,
    object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  };
}

function isSelected(object: KubeObject, resources: readonly Json[]): boolean {
  if (resources.length === 0) return true;
  return resources.some((resource) => {
    const wanted = objectAt({ resource }, 'resource');
    const namespace = textAt(wanted, 'namespace') ?? '';
    return (
      (textAt(wanted, 'group') ?? '') === groupOf(object.apiVersion) &&
      textAt(wanted, 'kind') === object.kind &&
      textAt(wanted, 'name') === nameOf(object) &&
      (namespace === '' || namespace === namespaceOf(object))
    );
  });
}

function inOrder(a: SyncTask, b: SyncTask): number {
  const rank = ({ phase, wave, action, object }: SyncTask): readonly number[] => [
    syncPhases.indexOf(phase),
    wave,
    action === 'prune' || action === 'skip-prune' ? 0 : 1,
    kindRank(object.kind),
  ];
  const [left, right] = [rank(a), rank(b)];
  const difference = left.map((value, index) => value - (right[index] ?? 0)).find((value) => value !== 0);
  if (difference !== undefined) return difference;
  return taskName(a) < taskName(b) ? -1 : taskName(a) > taskName(b) ? 1 : 0;
}

function taskName({ object }: SyncTask): string {
  return keyText(keyOf(object));
}
