import { setTimeout as pause } from 'node:timers/promises';
import { UpstreamError } from '@fairlead/domain';
import type { Watching } from '@fairlead/engine';
import { kubernetesFault, kubernetesStatus } from '../kubernetes-fault.ts';
import type { CollectionItem, ItemIdentity } from './collection-item.ts';
import type { KubernetesWire } from './kubernetes-wire.ts';
import { listCollection, type Collection } from './list-collection.ts';
import { watchCollection, type WatchEvent } from './watch-collection.ts';

/** What a follower tells, in the order in which the server told it. Must not throw. */
interface CollectionListener {
  applied(item: CollectionItem): void;
  deleted(item: ItemIdentity): void;
  /** Everything that exists has been told. */
  listed(): void;
  /** The watch stands: changes are told as they happen. */
  following(): void;
  /** An attempt failed; the next one comes by itself. A connection that breaks is no failure, but one that can't be made again is. */
  failed(error: UpstreamError): void;
}

export interface Following {
  /** Between attempts; each wait is a random part of its step. */
  readonly reconnect: { readonly minMs: number; readonly maxMs: number };
  /** A watch without a word for so long, not even a bookmark, is dead: servers send one a minute. And what wasn't heard of for so long is listed again. */
  readonly silenceMs: number;
}

export const defaultFollowing: Following = { reconnect: { minMs: 500, maxMs: 30_000 }, silenceMs: 90_000 };

export interface Followed {
  readonly wire: KubernetesWire;
  readonly collection: Collection;
  /** For errors: `watching …`. */
  readonly doing: string;
  /** Of what the collection holds, what is told. Default: everything. */
  readonly selects?: (item: ItemIdentity) => boolean;
  readonly listener: CollectionListener;
  /** What was told of the same objects before, by a follower that was stopped. */
  readonly known?: ReadonlyMap<string, ItemIdentity>;
}

export interface CollectionFollower extends Watching {
  /** How long ago the server was heard of: by a list, an event or a bookmark. A watch that it only accepts says nothing. */
  silentForMs(): number | undefined;
  /** What was told and isn't deleted. */
  readonly known: ReadonlyMap<string, ItemIdentity>;
}

/** Lists, then watches; lists again where the server no longer has the place in its history, and tells what vanished meanwhile. Ends only when stopped. */
export function followCollection(followed: Followed, following: Following): CollectionFollower {
  const follower = new Follower(followed, following);
  void follower.run();
  return follower;
}

/** A watch that ends sooner and without a word is no progress. */
const shortMs = 5000;

class Follower implements CollectionFollower {
  readonly known: Map<string, ItemIdentity>;
  readonly #followed: Followed;
  readonly #following: Following;
  readonly #stopped = new AbortController();
  #version: string | undefined;
  #heardAt: number | undefined;

  constructor(followed: Followed, following: Following) {
    this.known = new Map(followed.known);
    this.#followed = followed;
    this.#following = following;
  }

  silentForMs(): number | undefined {
    return this.#heardAt === undefined ? undefined : performance.now() - this.#heardAt;
  }

  /** What is under way ends unheard: a list may wait for its deadline. */
  stop(): Promise<void> {
    this.#stopped.abort();
    return Promise.resolve();
  }

  async run(): Promise<void> {
    const { minMs, maxMs } = this.#following.reconnect;
    const { signal } = this.#stopped;
    let failures = 0;
    while (!signal.aborted) {
      const outcome = await this.#attempt();
      failures = outcome === 'progressed' ? 0 : failures + 1;
      // The list after a watch that came too late is worth an immediate try, but only one.
      if (outcome === 'expired' && failures === 1) continue;
      const step = Math.min(maxMs, minMs * 2 ** Math.min(failures, 16));
      // Random, so that the watches of many clusters don't come back all at once.
      await pause(step * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    }
  }

  async #attempt(): Promise<'progressed' | 'stuck' | 'expired'> {
    if ((this.silentForMs() ?? 0) > this.#following.silenceMs) this.#version = undefined;
    try {
      this.#version ??= await this.#list();
      return await this.#watch(this.#version);
    } catch (cause) {
      if (this.#stopped.signal.aborted) return 'stuck';
      const expired = kubernetesStatus(cause) === 410;
      const unreadable = cause instanceof UpstreamError;
      // What can't be read would be sent again.
      if (expired || unreadable) this.#version = undefined;
      if (expired) return 'expired';
      this.#followed.listener.failed(unreadable ? named(cause, this.#followed.doing) : kubernetesFault(cause, this.#followed.doing));
      return 'stuck';
    }
  }

  async #list(): Promise<string> {
    const { wire, collection, listener } = this.#followed;
    const gone = new Map(this.known);
    const take = (item: CollectionItem): void => {
      if (this.#applied(item)) gone.delete(keyOf(item));
    };
    const version = await listCollection(wire, { collection, take, signal: this.#stopped.signal });
    if (this.#stopped.signal.aborted) return version;
    for (const item of gone.values()) this.#deleted(item);
    this.#heardAt = performance.now();
    listener.listed();
    return version;
  }

  async #watch(resourceVersion: string): Promise<'progressed' | 'stuck'> {
    const { wire, collection } = this.#followed;
    const { signal } = this.#stopped;
    const began = performance.now();
    const heard = this.#heardAt;
    await watchCollection(wire, { collection, resourceVersion, silenceMs: this.#following.silenceMs, signal }, (event) => {
      if (!signal.aborted) this.#take(event);
    });
    return this.#heardAt !== heard || performance.now() - began > shortMs ? 'progressed' : 'stuck';
  }

  #take(event: WatchEvent): void {
    switch (event.kind) {
      case 'opened':
        this.#followed.listener.following();
        return;
      case 'bookmark':
        this.#version = event.resourceVersion;
        break;
      case 'applied':
        this.#version = event.item.resourceVersion;
        this.#applied(event.item);
        break;
      case 'deleted':
        this.#version = event.item.resourceVersion;
        if (this.#selects(event.item)) this.#deleted(event.item);
        break;
    }
    this.#heardAt = performance.now();
  }

  #applied(item: CollectionItem): boolean {
    if (this.#stopped.signal.aborted || !this.#selects(item)) return false;
    const key = keyOf(item);
    const before = this.known.get(key);
    // Deleted and made again while nobody looked.
    if (before !== undefined && before.uid !== item.uid) this.#followed.listener.deleted(before);
    this.known.set(key, identityOf(item));
    this.#followed.listener.applied(item);
    return true;
  }

  #deleted(item: ItemIdentity): void {
    this.known.delete(keyOf(item));
    this.#followed.listener.deleted(identityOf(item));
  }

  #selects(item: ItemIdentity): boolean {
    return this.#followed.selects?.(item) ?? true;
  }
}

function keyOf({ namespace = '', name }: ItemIdentity): string {
  return `${namespace}/${name}`;
}

/** Alone, so that it doesn't keep the object. */
function identityOf({ namespace, name, uid }: ItemIdentity): ItemIdentity {
  return { ...(namespace === undefined ? {} : { namespace }), name, uid };
}

function named({ code, message, provider, retryable, hint }: UpstreamError, doing: string): UpstreamError {
  return new UpstreamError(code, `${doing}: ${message}`, { provider, retryable, ...(hint === undefined ? {} : { hint }) });
}
