import { type HookType } from '../application/hook.ts';
import { listAt, at, isJsonObject, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { groupOf, keyOf, keyText, nameOf, namespaceOf, versionOf, type KubeObject } from '../../kube/kube-object.ts';

export const syncPhases = ['PreSync', 'Sync', 'PostSync'] as const;

export type SyncPhase = (typeof syncPhases)[number];

/** One thing that a sync does to one object. */
export interface SyncTask {
  readonly action: 'apply' | 'prune' | 'skip-prune' | 'create-namespace';
  readonly phase: SyncPhase;
  readonly wave: number;
  /** Declared; live where it is pruned. */
  readonly object: KubeObject;
  readonly hook?: HookType;
}

export type TaskStatus = 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
export type TaskPhase = 'Running' | 'Succeeded' | 'Failed';

export interface TaskResult {
  readonly status: TaskStatus;
  readonly phase: TaskPhase;
  readonly message: string;
}

export function taskKey({ phase, object }: SyncTask): string {
  return `${phase} ${keyText(keyOf(object))}`;
}

/** As `syncResult.resources` lists it. */
export function resultRow(task: SyncTask, result: TaskResult): JsonObject {
  const { object, hook, phase } = task;
  const images = imagesOf(object);
  return {
    group: groupOf(object.apiVersion),
    hookPhase: result.phase,
    ...(hook === undefined ? {} : { hookType: hook }),
    ...(images.length === 0 ? {} : { images }),
    kind: object.kind,
    message: result.message,
    name: nameOf(object),
    namespace: namespaceOf(object),
    status: result.status,
    syncPhase: phase,
    version: versionOf(object.apiVersion),
  };
}

const statuses: readonly TaskStatus[] = ['Synced', 'SyncFailed', 'Pruned', 'PruneSkipped'];
const taskPhases: readonly TaskPhase[] = ['Running', 'Succeeded', 'Failed'];

/** The results of earlier passes, by task key. */
export function parseResults(rows: readonly JsonObject[]): ReadonlyMap<string, TaskResult> {
  return new Map(
    rows.map((row) => {
      const field = (name: string): string => textAt(row, name) ?? '';
      const key = keyText({ group: field('group'), kind: field('kind'), namespace: field('namespace'), name: field('name') });
      const status = statuses.find((candidate) => candidate === field('status')) ?? 'Synced';
      const phase = taskPhases.find((candidate) => candidate === field('hookPhase')) ?? 'Running';
      return [`${field('syncPhase')} ${key}`, { status, phase, message: field('message') }];
    }),
  );
}

/** The images of an object's containers, wherever its kind keeps its pod. */
export function imagesOf(object: KubeObject): readonly string[] {
  const pods = [['spec'], ['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec']].map((path) =>
    at(object, ...path),
  );
  return [...new Set(pods.flatMap(containerImages))];
}

function containerImages(pod: Json | undefined): readonly string[] {
  if (!isJsonObject(pod)) return [];
  return ['initContainers', 'containers'].flatMap((field) => listAt(pod, field).flatMap((container) => textAt(container, 'image') ?? []));
}
