import type { Cluster } from '../api/cluster.ts';
import type { KubeObject, OwnerReference } from '../resources/kube-object.ts';
import type { StoreEvent } from '../store/event-history.ts';
import { clientFor, type Client } from './client.ts';
import type { Controller } from './controller.ts';
import { isTerminating } from './pods.ts';

interface Located {
  readonly typeId: string;
  readonly object: KubeObject;
}

/** Which objects name which as their owner, kept from events: a cluster is too large to search at each deletion. */
class Ownership {
  readonly #byUid = new Map<string, Located>();
  readonly #dependents = new Map<string, Set<string>>();

  note({ kind, typeId, object, previous }: StoreEvent): void {
    const { uid } = object.metadata;
    for (const owner of ownersOf(previous)) this.#dependents.get(owner.uid)?.delete(uid);
    if (kind === 'DELETED') {
      this.#byUid.delete(uid);
      return;
    }
    this.#byUid.set(uid, { typeId, object });
    for (const owner of ownersOf(object)) {
      const known = this.#dependents.get(owner.uid);
      if (known === undefined) this.#dependents.set(owner.uid, new Set([uid]));
      else known.add(uid);
    }
  }

  find(uid: string): Located | undefined {
    return this.#byUid.get(uid);
  }

  dependentsOf(uid: string): readonly Located[] {
    return [...(this.#dependents.get(uid) ?? [])].flatMap((dependent) => this.#byUid.get(dependent) ?? []);
  }
}

function ownersOf(object: KubeObject | undefined): readonly OwnerReference[] {
  return object?.metadata.ownerReferences ?? [];
}

/** Removes what has lost its owners, and carries out the foreground and orphaning ways of deleting. */
export function garbageCollector(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  const ownership = new Ownership();
  return {
    keys: (event) => {
      ownership.note(event);
      const { uid } = event.object.metadata;
      const dependents = event.kind === 'DELETED' ? ownership.dependentsOf(uid).map(({ object }) => object.metadata.uid) : [];
      const owners = [...ownersOf(event.object), ...ownersOf(event.previous)].map((owner) => owner.uid);
      const worthALook = isTerminating(event.object) || event.kind === 'ADDED';
      return [...dependents, ...(worthALook ? [uid] : []), ...(event.kind === 'DELETED' || isTerminating(event.object) ? owners : [])];
    },
    reconcile: (uid) => {
      const located = ownership.find(uid);
      if (located === undefined) return undefined;
      if (isTerminating(located.object)) finishDeletion(client, ownership, located);
      else collect(client, ownership, located);
      return undefined;
    },
  };
}

function collect(client: Client, ownership: Ownership, { typeId, object }: Located): void {
  const owners = ownersOf(object);
  if (owners.length === 0) return;
  const alive = owners.filter(({ uid }) => ownership.find(uid) !== undefined);
  if (alive.length === 0) {
    client.remove(typeId, object);
    return;
  }
  if (alive.length < owners.length) client.update(typeId, withOwnerReferences(object, alive));
}

function finishDeletion(client: Client, ownership: Ownership, located: Located): void {
  const { object } = located;
  const finalizers = object.metadata.finalizers ?? [];
  const dependents = ownership.dependentsOf(object.metadata.uid);
  if (finalizers.includes('orphan')) {
    for (const dependent of dependents) {
      const others = ownersOf(dependent.object).filter(({ uid }) => uid !== object.metadata.uid);
      client.update(dependent.typeId, withOwnerReferences(dependent.object, others));
    }
    dropFinalizer(client, located, 'orphan');
    return;
  }
  if (!finalizers.includes('foregroundDeletion')) return;
  for (const dependent of dependents) if (!isTerminating(dependent.object)) client.remove(dependent.typeId, dependent.object, 'Foreground');
  const blocking = ownership.dependentsOf(object.metadata.uid).filter((dependent) => blocks(dependent.object, object));
  if (blocking.length === 0) dropFinalizer(client, located, 'foregroundDeletion');
}

function blocks(dependent: KubeObject, owner: KubeObject): boolean {
  return ownersOf(dependent).some((reference) => reference.uid === owner.metadata.uid && reference['blockOwnerDeletion'] === true);
}

function withOwnerReferences(object: KubeObject, ownerReferences: readonly OwnerReference[]): KubeObject {
  return { ...object, metadata: { ...object.metadata, ownerReferences } };
}

function dropFinalizer(client: Client, { typeId, object }: Located, finalizer: string): void {
  const finalizers = (object.metadata.finalizers ?? []).filter((other) => other !== finalizer);
  client.update(typeId, { ...object, metadata: { ...object.metadata, finalizers } });
}
