import type { JsonObject } from '../json/json.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import type { StoreEvent } from '../store/event-history.ts';
import type { Cluster } from './cluster.ts';
import { parseVersion, selectObjects, selector, type Selection } from './list-objects.ts';
import { StatusError } from './status-error.ts';
import { presentAs } from './stored-object.ts';

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: JsonObject;
}

export interface Watching extends Selection {
  readonly resourceVersion: string;
  /** The state first, then a bookmark that says so, whatever the version. */
  readonly sendInitialEvents: boolean;
}

/** Throws what a watch can't begin with. */
export function requireWatchable(watching: Watching): void {
  selector(watching);
  if (watching.resourceVersion !== '') parseVersion(watching.resourceVersion);
}

/** Sends what happened since, then what happens, until stopped. Past the history: one error event, and nothing more. */
export function watchObjects(cluster: Cluster, watching: Watching, send: (event: WatchEvent) => void): () => void {
  const { type, resourceVersion, sendInitialEvents } = watching;
  const selects = selector(watching);
  const forward = (event: StoreEvent): void => {
    const shown = seenThrough(selects, event);
    if (shown !== undefined) send({ type: shown, object: presentAs(type, event.object) });
  };

  if (sendInitialEvents || resourceVersion === '' || resourceVersion === '0') {
    for (const object of selectObjects(cluster, watching)) send({ type: 'ADDED', object: presentAs(type, object) });
    if (sendInitialEvents) send(bookmark(cluster, watching, { 'k8s.io/initial-events-end': 'true' }));
  } else {
    const missed = cluster.store.eventsAfter(type.id, parseVersion(resourceVersion));
    if (missed === 'expired') {
      send({ type: 'ERROR', object: tooOld(cluster, resourceVersion).toStatus() });
      return () => undefined;
    }
    missed.forEach(forward);
  }
  return cluster.store.subscribe((event) => {
    if (event.typeId === type.id) forward(event);
  });
}

export function bookmark({ store }: Cluster, { type }: Watching, annotations?: Readonly<Record<string, string>>): WatchEvent {
  const metadata = { resourceVersion: store.version.toString(), creationTimestamp: null, ...(annotations && { annotations }) };
  return { type: 'BOOKMARK', object: { kind: type.kind, apiVersion: apiVersionOf(type), metadata } };
}

/** An object that enters a selection is added for its watcher, and one that leaves it is deleted. */
function seenThrough(selects: (object: KubeObject) => boolean, event: StoreEvent): StoreEvent['kind'] | undefined {
  const was = event.previous !== undefined && selects(event.previous);
  const is = event.kind !== 'DELETED' && selects(event.object);
  if (is) return was ? 'MODIFIED' : 'ADDED';
  return was ? 'DELETED' : undefined;
}

function tooOld({ store }: Cluster, asked: string): StatusError {
  return new StatusError('Expired', `too old resource version: ${asked} (${store.version.toString()})`);
}
