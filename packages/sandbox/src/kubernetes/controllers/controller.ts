import { StatusError } from '../api/status-error.ts';
import { controllerOf, type KubeObject } from '../resources/kube-object.ts';
import type { StoreEvent } from '../store/event-history.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { WorkQueue } from './work-queue.ts';

export interface Controller {
  /** Which keys to look at because of an event. */
  readonly keys: (event: StoreEvent) => readonly string[];
  /** Brings the world closer to what the key's object wants. A number asks for another look after so many milliseconds. */
  readonly reconcile: (key: string) => number | undefined;
}

export interface ObjectKey {
  readonly namespace?: string | undefined;
  readonly name: string;
}

interface ObjectController {
  readonly typeId: string;
  /** Objects of this controller to look at because another one changed. */
  readonly related?: (object: KubeObject, event: StoreEvent) => readonly ObjectKey[];
  readonly reconcile: (object: KubeObject) => number | undefined;
}

/** A controller of one resource; objects that are gone are none of its business. */
export function objectController(store: ObjectStore, { typeId, related, reconcile }: ObjectController): Controller {
  return {
    keys: (event) => {
      const own = event.typeId === typeId ? [event.object.metadata] : [];
      const others =
        related === undefined
          ? []
          : [event.object, ...(event.previous ? [event.previous] : [])].flatMap((object) => related(object, event));
      return [...new Set([...own, ...others].map(keyText))];
    },
    reconcile: (key) => {
      const object = store.get(typeId, parseKey(key));
      return object === undefined ? undefined : reconcile(object);
    },
  };
}

/** The objects of this kind that control the one that changed. */
export function controlledBy(kind: string): (object: KubeObject) => readonly ObjectKey[] {
  return (object) => {
    const owner = controllerOf(object);
    return owner?.kind === kind ? [{ namespace: object.metadata.namespace, name: owner.name }] : [];
  };
}

function keyText({ namespace, name }: ObjectKey): string {
  return `${namespace ?? ''}/${name}`;
}

function parseKey(key: string): { readonly namespace: string | undefined; readonly name: string } {
  const slash = key.indexOf('/');
  return { namespace: slash === 0 ? undefined : key.slice(0, slash), name: key.slice(slash + 1) };
}

const longestBackoffMs = 2000;

/** Lets controllers react to the store, each look `latencyMs` after what caused it. Returns how to stop them. */
export function runControllers(store: ObjectStore, controllers: readonly Controller[], latencyMs: number): () => void {
  const running = controllers.map((controller) => {
    const failures = new Map<string, number>();
    const queue: WorkQueue = new WorkQueue((key) => {
      const again = attempt(controller, key);
      if (again === 'refused') {
        const count = (failures.get(key) ?? 0) + 1;
        failures.set(key, count);
        queue.add(key, Math.min(longestBackoffMs, latencyMs * 2 ** count));
        return;
      }
      failures.delete(key);
      if (again !== undefined) queue.add(key, again);
    });
    const react = (event: StoreEvent): void => {
      for (const key of controller.keys(event)) queue.add(key, latencyMs);
    };
    for (const [typeId, object] of store.everything()) react({ kind: 'ADDED', typeId, object, version: store.version });
    return { queue, unsubscribe: store.subscribe(react) };
  });
  return () => {
    for (const { queue, unsubscribe } of running) {
      unsubscribe();
      queue[Symbol.dispose]();
    }
  };
}

/** An API's "no" is the daily bread of a controller: it looks again later. Anything else is a fault of ours. */
function attempt(controller: Controller, key: string): number | undefined | 'refused' {
  try {
    return controller.reconcile(key);
  } catch (error) {
    if (error instanceof StatusError) return 'refused';
    throw error;
  }
}
