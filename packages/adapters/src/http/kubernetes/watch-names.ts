import type { KubeConfig } from '@kubernetes/client-node';
import type { UpstreamError } from '@fairlead/domain';
import type { Watching } from '@fairlead/engine';
import type { ItemIdentity } from './collection-item.ts';
import { defaultFollowing, followCollection, type Following } from './follow-collection.ts';
import { kubernetesWire } from './kubernetes-wire.ts';
import { metadataOnly } from './metadata-only.ts';

export interface NamesWatched {
  readonly kubeConfig: KubeConfig;
  /** Of the collection. */
  readonly path: string;
  /** For errors: `watching …`. */
  readonly doing: string;
  readonly changed: (item: ItemIdentity) => void;
}

export interface NamesWatching {
  readonly requestTimeoutMs?: number;
  readonly reconnect?: Following['reconnect'];
  /** A watch failed and will be tried again. */
  readonly onWatchError?: (error: UpstreamError) => void;
}

/** Names each object of a collection after a change of it, and all that there are or were after a change may have been missed. What an object says is not read. */
export function watchNames(watched: NamesWatched, options: NamesWatching): Watching {
  const { kubeConfig, path, doing, changed } = watched;
  const { requestTimeoutMs = 30_000, reconnect = defaultFollowing.reconnect } = options;
  const listener = {
    applied: changed,
    deleted: changed,
    listed: () => undefined,
    following: () => undefined,
    failed: (error: UpstreamError) => options.onWatchError?.(error),
  };
  const wire = kubernetesWire(kubeConfig, { timeoutMs: requestTimeoutMs });
  return followCollection({ wire, collection: { path, accept: metadataOnly }, doing, listener }, { ...defaultFollowing, reconnect });
}
