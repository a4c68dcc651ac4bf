import type { JsonObject, ObjectRef } from '@fairlead/domain';
import type { Cluster, LiveObject, ObjectScope, ObjectWatch } from '../ports/cluster.ts';
import { ToldObjects } from './told-objects.ts';

/** An API server with one namespace, which belongs to one case. Fresh for each. */
export interface ClusterWorld {
  /** Signs in with every right. Its wire to the server can be cut. Looks for new kinds all the time. */
  readonly cluster: Cluster;
  /** Its name. */
  readonly name: string;
  /** Exists, and is empty but for what a cluster puts into every namespace. */
  readonly namespace: string;
  /** No kind of it is defined. */
  readonly group: string;
  /** Makes an object, or makes it anew as given, as field manager `somebody`; resolves when it is stored. */
  apply(object: JsonObject): Promise<void>;
  /** Resolves when it is gone. */
  remove(ref: ObjectRef): Promise<void>;
  /** Every connection of `cluster` breaks, and none can be made. */
  cut(): void;
  mend(): void;
  /** Another one, which signs in with the right to list and watch the ConfigMaps of the namespace and nothing else, until it is granted the same for Services. */
  limited(): { readonly cluster: Cluster; grant(): Promise<void> };
}

export const configMap = { group: '', kind: 'ConfigMap' };
export const service = { group: '', kind: 'Service' };

export function refIn({ namespace }: ClusterWorld, name: string, kind = 'ConfigMap'): ObjectRef {
  return { group: '', version: 'v1', kind, namespace, name };
}

export function objectOf({ namespace, ...ref }: ObjectRef, rest: JsonObject = {}): JsonObject {
  const apiVersion = ref.group === '' ? ref.version : `${ref.group}/${ref.version}`;
  return { apiVersion, kind: ref.kind, metadata: { name: ref.name, ...(namespace === undefined ? {} : { namespace }) }, ...rest };
}

export function scopeOf({ name, namespace }: ClusterWorld, rest: Partial<ObjectScope> = {}): ObjectScope {
  return { cluster: name, namespaces: [namespace], kinds: [configMap], ...rest };
}

/** Names of what somebody made. */
export function namesOf(objects: Iterable<LiveObject>): readonly string[] {
  return [...objects]
    .map(({ ref }) => ref.name)
    .filter((name) => name !== 'kube-root-ca.crt' && name !== 'default')
    .toSorted();
}

export async function watching(
  { cluster, scope }: { readonly cluster: Cluster; readonly scope: ObjectScope },
  use: (told: ToldObjects, watch: ObjectWatch) => Promise<void>,
): Promise<void> {
  const told = new ToldObjects();
  const watch = await cluster.watchObjects(scope, told.tell);
  try {
    await use(told, watch);
  } finally {
    await watch.stop();
  }
}

/** A definition of `Widget` that serves `v1` and no longer `v0`. */
export function widgetDefinition({ group }: ClusterWorld, schema: JsonObject): JsonObject {
  const version = { storage: false, schema: { openAPIV3Schema: schema } };
  return {
    ...objectOf(widgetDefinitionRef(group)),
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: [
        { ...version, name: 'v1', served: true, storage: true },
        { ...version, name: 'v0', served: false },
      ],
    },
  };
}

export function widgetDefinitionRef(group: string): ObjectRef {
  return { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition', name: `widgets.${group}` };
}
