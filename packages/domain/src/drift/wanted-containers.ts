import type { LiveContainer } from '../delivery/live-image.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { isMap, ownValue } from './own-value.ts';

interface WantedContainer {
  readonly name: string;
  readonly image: string;
}

/** A desired object that makes pods. */
export interface WantedWorkload {
  readonly object: ObjectRef;
  /** Where in it the pod's template is. */
  readonly template: readonly string[];
  readonly containers: readonly WantedContainer[];
}

/** Of kinds that we don't know too, where they hold a pod template as others do. */
const templates = [['spec', 'template'], ['spec', 'jobTemplate', 'spec', 'template'], []];

export function wantedContainers(desired: readonly JsonObject[], namespace: string | undefined): readonly WantedWorkload[] {
  return desired.flatMap((object) => {
    const template = templates.find((path) => isList(valueAt(object, [...path, 'spec', 'containers'])));
    if (template === undefined) return [];
    const containers = ['initContainers', 'containers'].flatMap((list) => containersIn(valueAt(object, [...template, 'spec', list])));
    const ref = objectRefOf(object);
    return [{ object: namespace === undefined ? ref : { namespace, ...ref }, template, containers }];
  });
}

/** Workloads by where they are and what they are called: there are as many pods as a cluster has. */
export type WorkloadIndex = ReadonlyMap<string, readonly WantedWorkload[]>;

export function workloadIndex(workloads: readonly WantedWorkload[]): WorkloadIndex {
  const index = new Map<string, WantedWorkload[]>();
  for (const workload of workloads) {
    const key = placeOf(workload.object.namespace, workload.object.name);
    const here = index.get(key);
    if (here === undefined) index.set(key, [workload]);
    else here.push(workload);
  }
  return index;
}

function placeOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** The workload whose pod the container is in: its owner, what owns that by the way Kubernetes names pods' owners, or the pod itself. */
export function workloadOf({ namespace, pod, owner }: LiveContainer, index: WorkloadIndex): WantedWorkload | undefined {
  const named = (name: string): readonly WantedWorkload[] => index.get(placeOf(namespace, name)) ?? [];
  const { kind, name } = owner ?? { kind: 'Pod', name: pod };
  const own = named(name).find(({ object }) => object.kind === kind);
  const above = parents.get(kind);
  if (own !== undefined || above === undefined) return own;
  return named(above.exec(name)?.[1] ?? '').find(({ object }) => object.kind !== kind && object.kind !== 'Pod');
}

/** A map: somebody may give his pod an owner of the kind `constructor`. */
const parents: ReadonlyMap<string, RegExp> = new Map([
  ['ReplicaSet', /^(.+)-[a-z0-9]+$/],
  ['Job', /^(.+)-\d+$/],
]);

function containersIn(list: Json | undefined): readonly WantedContainer[] {
  return (isList(list) ? list : []).flatMap((container) => {
    const [name, image] = isMap(container) ? [ownValue(container, 'name'), ownValue(container, 'image')] : [];
    return typeof name === 'string' ? [{ name, image: typeof image === 'string' ? image : '' }] : [];
  });
}

function valueAt(object: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, field) => (isMap(value) ? ownValue(value, field) : undefined), object);
}
