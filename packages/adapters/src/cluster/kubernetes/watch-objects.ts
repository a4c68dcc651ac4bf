import { setTimeout as pause } from 'node:timers/promises';
import type { CoverageGap, WatchCoverage } from '@fairlead/domain';
import type { ObjectEvent, ObjectScope, ObjectWatch, ServedKind } from '@fairlead/engine';
import type { Following } from '../../http/kubernetes/follow-collection.ts';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { kubernetesFault } from '../../http/kubernetes-fault.ts';
import { gapsInScope, sameGap, unservedGap } from './coverage-gap.ts';
import type { Discovered } from './discovery/discovered-groups.ts';
import { KindWatch, type WatchContext } from './kind-watch.ts';
import { apiVersionOf } from './live-object.ts';
import { kindKey, selectKinds } from './watched-kinds.ts';

export interface Watched {
  readonly wire: KubernetesWire;
  readonly scope: ObjectScope;
  readonly discover: () => Promise<Discovered>;
  readonly tell: (event: ObjectEvent) => void;
  readonly now: () => Date;
}

export interface WatchTiming extends Following {
  /** How often to look for kinds that are new or gone. */
  readonly rediscoverMs: number;
}

/** Watches every kind of the scope, those that appear later included. Ends only when stopped. */
export function watchObjects(watched: Watched, timing: WatchTiming): ObjectWatch {
  const watcher = new ObjectWatcher(watched, timing);
  void watcher.run();
  return watcher;
}

class ObjectWatcher implements ObjectWatch {
  readonly #watched: Watched;
  readonly #timing: WatchTiming;
  readonly #stopped = new AbortController();
  readonly #context: WatchContext;
  readonly #startedAt: string;
  readonly #kinds = new Map<string, KindWatch>();
  #gaps: readonly CoverageGap[];
  #discovered = false;
  #wake = new AbortController();

  constructor(watched: Watched, timing: WatchTiming) {
    this.#watched = watched;
    this.#timing = timing;
    this.#startedAt = watched.now().toISOString();
    this.#gaps = [];
    this.#context = {
      wire: watched.wire,
      scope: watched.scope,
      following: timing,
      tell: (event) => {
        if (!this.#stopped.signal.aborted) watched.tell(event);
      },
      now: () => watched.now().toISOString(),
      missing: () => {
        this.#wake.abort();
      },
    };
  }

  coverage(): WatchCoverage {
    const kinds = [...this.#kinds.values()];
    return {
      kinds: kinds.filter(({ isSeen }) => isSeen).map(({ kind }) => `${apiVersionOf(kind)}/${kind.kind}`),
      namespaces: [...this.#watched.scope.namespaces],
      gaps: [...this.#gaps, ...(this.#discovered ? [] : this.#undiscovered()), ...kinds.flatMap((kind) => kind.gaps())],
    };
  }

  freshAt(): string | undefined {
    const silences = [...this.#kinds.values()].map((kind) => kind.silentForMs());
    const known = silences.filter((silence) => typeof silence === 'number');
    if (!this.#discovered || silences.includes('starting') || known.length === 0) return undefined;
    return new Date(this.#watched.now().getTime() - Math.max(...known)).toISOString();
  }

  stop(): Promise<void> {
    this.#stopped.abort();
    for (const kind of this.#kinds.values()) kind.stop();
    return Promise.resolve();
  }

  async run(): Promise<void> {
    const { reconnect, rediscoverMs } = this.#timing;
    let failures = 0;
    while (!this.#stopped.signal.aborted) {
      this.#wake = new AbortController();
      failures = (await this.#look()) ? 0 : failures + 1;
      const step = failures === 0 ? rediscoverMs : Math.min(reconnect.maxMs, reconnect.minMs * 2 ** Math.min(failures, 16));
      const signal = AbortSignal.any([this.#stopped.signal, this.#wake.signal]);
      await pause(step * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(): Promise<boolean> {
    const { discover, scope } = this.#watched;
    try {
      const discovered = await discover();
      if (this.#stopped.signal.aborted) return true;
      this.#discovered = true;
      this.#follow(discovered);
      return true;
    } catch (cause) {
      const { message } = kubernetesFault(cause, `discovering the kinds of cluster ${scope.cluster}`);
      // Kinds that are known go on by themselves, and say themselves what is wrong.
      if (!this.#discovered) this.#tellGaps(this.#undiscovered(message));
      return false;
    }
  }

  #follow(discovered: Discovered): void {
    const { scope } = this.#watched;
    const { kinds, unserved } = selectKinds(scope, discovered.kinds, ['list', 'watch']);
    const since = this.#context.now();
    this.#tellGaps([...gapsInScope(scope, discovered.gaps), ...unserved.map((kind) => unservedGap(kind, since))]);
    for (const kind of kinds) this.#followKind(kind);
    const served = new Set(kinds.map(kindKey));
    const broken = new Set(discovered.gaps.map(({ group }) => group));
    for (const [key, { kind }] of this.#kinds) {
      if (!served.has(key) && !broken.has(kind.group)) this.#forget(key);
    }
  }

  #followKind(kind: ServedKind): void {
    const key = kindKey(kind);
    const before = this.#kinds.get(key);
    if (before?.kind.version === kind.version && before.kind.resource === kind.resource) return;
    before?.stop();
    this.#kinds.set(key, new KindWatch(this.#context, kind, before?.known));
  }

  #forget(key: string): void {
    this.#kinds.get(key)?.forget();
    this.#kinds.delete(key);
  }

  #undiscovered(reason = 'not discovered yet'): readonly CoverageGap[] {
    return this.#gaps.length > 0 ? [] : [{ group: '*', version: '*', kind: '*', reason, since: this.#startedAt }];
  }

  /** One that is known keeps its beginning. */
  #tellGaps(gaps: readonly CoverageGap[]): void {
    const before = this.#gaps;
    const at = this.#context.now();
    this.#gaps = gaps.map((gap) => before.find((known) => sameGap(known, gap)) ?? gap);
    for (const gap of before) if (!gaps.some((other) => sameGap(other, gap))) this.#context.tell({ kind: 'gap-closed', gap, at });
    for (const gap of this.#gaps) if (!before.includes(gap)) this.#context.tell({ kind: 'gap', gap });
  }
}
