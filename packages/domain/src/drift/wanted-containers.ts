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

/** The workload whose pod the container is in: its owner, what owns that by the way Kubernetes names pods' owners, or the pod itself. */
export function workloadOf({ namespace, pod, owner }: LiveContainer, workloads: readonly WantedWorkload[]): WantedWorkload | undefined {
  const here = workloads.filter(({ object }) => object.namespace === namespace);
  const { kind, name } = owner ?? { kind: 'Pod', name: pod };
  const own = here.find(({ object }) => object.kind === kind && object.name === name);
  const above = parents[kind];
  if (own !== undefined || above === undefined) return own;
  const parent = above.exec(name)?.[1];
  return here.find(({ object }) => object.name === parent && object.kind !== kind && object.kind !== 'Pod');
}

const parents: Readonly<Record<string, RegExp>> = { ReplicaSet: /^(.+)-[a-z0-9]+$/, Job: /^(.+)-\d+$/ };

function containersIn(list: Json | undefined): readonly WantedContainer[] {
  return (isList(list) ? list : []).flatMap((container) => {
    const [name, image] = isMap(container) ? [ownValue(container, 'name'), ownValue(container, 'image')] : [];
    return typeof name === 'string' ? [{ name, image: typeof image === 'string' ? image : '' }] : [];
  });
}

function valueAt(object: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, field) => (isMap(value) ? ownValue(value, field) : undefined), object);
}
