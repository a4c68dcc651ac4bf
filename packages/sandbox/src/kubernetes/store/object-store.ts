import { EventHistory, type StoreEvent } from './event-history.ts';
import type { KubeObject } from '../resources/kube-object.ts';

/** A cluster that was just born has already written something; and so `resourceVersion=1` is too old, as on a real one. */
const firstVersion = 100;

interface Kept {
  readonly objects: Map<string, KubeObject>;
  readonly history: EventHistory;
}

/** Objects by resource, one growing resourceVersion over all of them, and what happened lately. Knows nothing about what objects mean. */
export class ObjectStore {
  readonly #historyLimit: number;
  readonly #resources = new Map<string, Kept>();
  readonly #uids = new Map<string, KubeObject>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  #version = firstVersion;

  constructor(historyLimit: number) {
    this.#historyLimit = historyLimit;
  }

  get version(): number {
    return this.#version;
  }

  get(typeId: string, key: { readonly namespace: string | undefined; readonly name: string }): KubeObject | undefined {
    return this.#resource(typeId).objects.get(keyOf(key.namespace, key.name));
  }

  byUid(uid: string): KubeObject | undefined {
    return this.#uids.get(uid);
  }

  /** In the order of their keys: by namespace, then name. */
  list(typeId: string, namespace?: string): readonly KubeObject[] {
    const { objects } = this.#resource(typeId);
    const prefix = `${namespace ?? ''}/`;
    const keys = [...objects.keys()].filter((key) => namespace === undefined || key.startsWith(prefix)).sort();
    return keys.flatMap((key) => objects.get(key) ?? []);
  }

  everything(): readonly (readonly [typeId: string, object: KubeObject])[] {
    return [...this.#resources].flatMap(([typeId, { objects }]) => [...objects.values()].map((object) => [typeId, object] as const));
  }

  /** Stores it under the next resourceVersion. */
  put(typeId: string, object: KubeObject): KubeObject {
    const { objects } = this.#resource(typeId);
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    const previous = objects.get(key);
    const stored = this.#stamped(object);
    objects.set(key, stored);
    this.#uids.set(stored.metadata.uid, stored);
    this.#publish({ kind: previous === undefined ? 'ADDED' : 'MODIFIED', typeId, object: stored, ...(previous && { previous }) });
    return stored;
  }

  remove(typeId: string, object: KubeObject): KubeObject {
    const { objects } = this.#resource(typeId);
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    const previous = objects.get(key);
    const last = this.#stamped(object);
    objects.delete(key);
    this.#uids.delete(object.metadata.uid);
    this.#publish({ kind: 'DELETED', typeId, object: last, ...(previous && { previous }) });
    return last;
  }

  eventsAfter(typeId: string, version: number): readonly StoreEvent[] | 'expired' {
    return this.#resource(typeId).history.after(version);
  }

  /** Every event from now on, in order, before the write that caused it returns. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #stamped(object: KubeObject): KubeObject {
    this.#version += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: this.#version.toString() } };
  }

  #publish(happened: Omit<StoreEvent, 'version'>): void {
    const event = { ...happened, version: this.#version };
    this.#resource(event.typeId).history.append(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  #resource(typeId: string): Kept {
    const known = this.#resources.get(typeId);
    if (known !== undefined) return known;
    const fresh = { objects: new Map<string, KubeObject>(), history: new EventHistory(this.#historyLimit, firstVersion) };
    this.#resources.set(typeId, fresh);
    return fresh;
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
