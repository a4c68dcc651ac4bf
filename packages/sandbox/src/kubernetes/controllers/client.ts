import type { Clock, Cluster, Target } from '../api/cluster.ts';
import { timestamp } from '../api/cluster.ts';
import { createObject } from '../api/create-object.ts';
import { deleteObject, type Propagation } from '../api/delete-object.ts';
import type { Subresource } from '../api/finish-object.ts';
import { noSuchResource } from '../api/status-error.ts';
import { updateObject } from '../api/update-object.ts';
import type { JsonObject } from '../json/json.ts';
import { textAt, withAt } from '../json/json-path.ts';
import { controllerOf, type KubeObject } from '../resources/kube-object.ts';
import type { ResourceType } from '../resources/resource-type.ts';

/** The API as a controller uses it, under its own field manager. Every call may throw `StatusError`. */
export interface Client {
  get(typeId: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(typeId: string, namespace?: string): readonly KubeObject[];
  /** The objects in the owner's namespace that it controls. */
  controlled(typeId: string, owner: KubeObject): readonly KubeObject[];
  create(typeId: string, body: JsonObject): KubeObject;
  /** Refused when `next` was made from an older state than the stored one. */
  update(typeId: string, next: KubeObject): KubeObject;
  updateStatus(typeId: string, next: KubeObject): KubeObject;
  scale(typeId: string, object: KubeObject, replicas: number): KubeObject;
  remove(typeId: string, object: KubeObject, propagation?: Propagation): void;
  now(): string;
}

export function clientFor(cluster: Cluster, manager: string): Client {
  const { store, clock } = cluster;
  const writer = { manager };
  const write = (typeId: string, next: KubeObject, subresource?: Subresource): KubeObject =>
    updateObject(cluster, {
      target: targetOf(cluster, typeId, next),
      writer,
      propose: () => ({ object: next }),
      ...(subresource !== undefined && { subresource }),
    });
  return {
    get: (typeId, namespace, name) => store.get(typeId, { namespace, name }),
    list: (typeId, namespace) => store.list(typeId, namespace),
    controlled: (typeId, owner) =>
      store.list(typeId, owner.metadata.namespace).filter((object) => controllerOf(object)?.uid === owner.metadata.uid),
    create: (typeId, body) => {
      return createObject(cluster, { type: typeOf(cluster, typeId), namespace: textAt(body, 'metadata', 'namespace'), body, writer });
    },
    update: (typeId, next) => write(typeId, next),
    updateStatus: (typeId, next) => write(typeId, next, 'status'),
    scale: (typeId, object, replicas) => {
      return write(typeId, { ...object, spec: withAt(object['spec'], ['replicas'], replicas) }, 'scale');
    },
    remove: (typeId, object, propagation = 'Background') => {
      deleteObject(cluster, { target: targetOf(cluster, typeId, object), uid: object.metadata.uid, propagation });
    },
    now: () => timestamp(clock),
  };
}

function typeOf({ registry }: Cluster, typeId: string): ResourceType {
  const type = registry.all().find(({ id }) => id === typeId);
  if (type === undefined) throw noSuchResource();
  return type;
}

function targetOf(cluster: Cluster, typeId: string, { metadata }: KubeObject): Target {
  return { type: typeOf(cluster, typeId), namespace: metadata.namespace, name: metadata.name };
}

export function msSince(clock: Clock, time: string): number {
  return clock.now().getTime() - Date.parse(time);
}
