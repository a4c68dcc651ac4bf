import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryTarget, UpstreamError } from '@fairlead/domain';
import type { Watching } from '@fairlead/engine';
import { kubernetesFault, kubernetesStatus } from '../../http/kubernetes-fault.ts';
import { applicationsPath, type ArgoCdClient } from './client.ts';
import type { ArgoCdOptions } from './options.ts';
import { WatchedObject } from './schema.ts';

interface Watched {
  readonly cluster: string;
  readonly namespace: string;
  readonly changed: (target: DeliveryTarget) => void;
}

/** Lists, then follows; lists again where the API server no longer has the place in its history. Ends only when stopped. */
export function watchApplications(client: ArgoCdClient, watched: Watched, options: ArgoCdOptions): Watching {
  const stopped = new AbortController();
  const follower = new Follower(client, watched, stopped.signal);
  void keepFollowing(follower, stopped.signal, options);
  return {
    // What is under way ends by itself, unheard: a list may wait for its deadline.
    stop() {
      stopped.abort();
      return Promise.resolve();
    },
  };
}

async function keepFollowing(follower: Follower, stopped: AbortSignal, { reconnect, onWatchError }: ArgoCdOptions): Promise<void> {
  const { minMs, maxMs } = reconnect ?? { minMs: 500, maxMs: 30_000 };
  let failures = 0;
  while (!stopped.aborted) {
    const error = await follower.follow();
    failures = error === undefined ? 0 : failures + 1;
    if (error !== undefined) onWatchError?.(error);
    const step = Math.min(maxMs, minMs * 2 ** Math.min(failures, 16));
    // Random, so that the watches of many clusters don't come back all at once.
    await pause(step * (0.5 + Math.random() / 2), undefined, { signal: stopped }).catch(() => undefined);
  }
}

/** One place in the history of one namespace's Applications. */
class Follower {
  readonly #client: ArgoCdClient;
  readonly #watched: Watched;
  readonly #stopped: AbortSignal;
  #known: ReadonlySet<string> = new Set();
  #version: string | undefined;

  constructor(client: ArgoCdClient, watched: Watched, stopped: AbortSignal) {
    this.#client = client;
    this.#watched = watched;
    this.#stopped = stopped;
  }

  /** Until the connection ends; says why, where that wasn't in order. */
  async follow(): Promise<UpstreamError | undefined> {
    try {
      this.#version ??= await this.#list();
      await this.#watch(this.#version);
      return undefined;
    } catch (cause) {
      if (this.#stopped.aborted) return undefined;
      if (kubernetesStatus(cause) === 410) this.#version = undefined;
      return kubernetesFault(cause, `watching the applications of ${this.#watched.namespace} on cluster ${this.#watched.cluster}`);
    }
  }

  /** Those that were there before and are gone have changed too. */
  async #list(): Promise<string> {
    const { metadata, items } = await this.#client.list(this.#watched.cluster, this.#watched.namespace);
    const present = new Set(items.map((item) => item.metadata.name));
    const before = this.#known;
    this.#known = present;
    for (const name of new Set([...present, ...before])) this.#tell(name);
    return metadata.resourceVersion;
  }

  async #watch(resourceVersion: string): Promise<void> {
    if (this.#stopped.aborted) return;
    const { cluster, namespace } = this.#watched;
    const parameters = { resourceVersion, allowWatchBookmarks: true, timeoutSeconds: 300 };
    let end: (cause?: unknown) => void = () => undefined;
    const ended = new Promise((resolve) => {
      end = resolve;
    });
    const stop = (): void => {
      end();
    };
    this.#stopped.addEventListener('abort', stop);
    const take = (type: string, object: unknown): void => {
      this.#take(type, object);
    };
    const opening = this.#client.watcher(cluster).watch(applicationsPath(namespace), parameters, take, end);
    opening.catch(end);
    const cause = await ended;
    this.#stopped.removeEventListener('abort', stop);
    // Not awaited: opening waits for the first bytes of an answer, stopping must not.
    void opening.then((connection) => {
      connection.abort();
    }, stop);
    if (!isQuiet(cause)) throw cause;
  }

  #take(type: string, object: unknown): void {
    const { code, metadata } = WatchedObject.parse(object);
    if (type === 'ERROR') {
      if (code === 410) this.#version = undefined;
      return;
    }
    this.#version = metadata?.resourceVersion ?? this.#version;
    if (type === 'BOOKMARK' || metadata?.name === undefined) return;
    this.#known = type === 'DELETED' ? this.#known : new Set([...this.#known, metadata.name]);
    this.#tell(metadata.name);
  }

  #tell(name: string): void {
    if (this.#stopped.aborted) return;
    const { cluster, namespace, changed } = this.#watched;
    changed({ controller: 'argocd', cluster, namespace, name });
  }
}

/** The server closed in order, or nothing happened for so long that the client gave up: the place in the history holds. */
function isQuiet(cause: unknown): boolean {
  return cause === null || cause === undefined || (cause instanceof DOMException && cause.name === 'TimeoutError');
}
