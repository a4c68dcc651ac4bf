import { FreeMap, noteName, observerLease, ObserverNotes, type DeliveryTarget } from '@fairlead/domain';
import { sameTarget, targetName } from '../delivery/same-target.ts';
import type { Lease } from '../ports/leases.ts';
import { CoverageAccount, type CoveredTarget } from './coverage-account.ts';
import type { DriftPorts } from './drift-ports.ts';
import { KnownKinds } from './known-kinds.ts';
import type { WatchedTarget } from './look-at-target.ts';
import { TargetObserver, type TargetObserverOptions } from './target-observer.ts';

export interface ClusterObserverOptions extends Pick<TargetObserverOptions, 'observer' | 'breathe' | 'onFault'> {
  /** Where the targets' controllers are. */
  readonly cluster: string;
}

/** A controller is asked again after so long, though nothing was heard of it. */
const lookEveryMs = 30_000;

/** Watches the targets of one cluster for as long as it holds the cluster's lease: of several servers one observes, and when it is gone another does. */
export class ClusterObserver {
  readonly #ports: DriftPorts;
  readonly #options: ClusterObserverOptions;
  readonly #observers = new Map<string, TargetObserver>();
  readonly #kinds: KnownKinds;
  #targets: readonly WatchedTarget[] = [];
  #lease: Lease | undefined;
  #lookedAt = 0;
  readonly #coverage: CoverageAccount;

  constructor(ports: DriftPorts, options: ClusterObserverOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#coverage = new CoverageAccount(ports);
    const { cluster, clock } = ports;
    const changed = (): void => {
      for (const observer of this.#observers.values()) observer.lookAgain();
    };
    this.#kinds = new KnownKinds({ cluster, clock, changed });
  }

  get observes(): boolean {
    return this.#lease !== undefined;
  }

  /** What there is to watch, from now on. */
  setTargets(targets: readonly WatchedTarget[]): void {
    this.#targets = targets;
  }

  /** The controller's object changed: what it delivered may have. */
  changed(target: DeliveryTarget): void {
    for (const observer of this.#observers.values()) if (sameTarget(observer.watched.target, target)) observer.lookAgain();
  }

  /** Takes or keeps the lease, and says in it how fresh everything is. To be called every few seconds, and not again before it has answered. */
  async tick(): Promise<void> {
    const held = this.#lease === undefined ? await this.#take() : await this.#keep(this.#lease);
    if (!held) return;
    await this.#follow();
    const now = this.#ports.clock.now().getTime();
    if (now - this.#lookedAt >= lookEveryMs) {
      this.#lookedAt = now;
      for (const observer of this.#observers.values()) observer.lookAgain();
    } else for (const observer of this.#observers.values()) observer.tick();
    await this.#coverage.look(this.#covered(), this.#heldLease());
  }

  async stop(): Promise<void> {
    const lease = this.#lease;
    if (lease !== undefined) await this.#account(lease);
    await this.#letGo();
    if (lease !== undefined) await this.#ports.leases.release(lease);
  }

  async #take(): Promise<boolean> {
    const taken = await this.#ports.leases.take(observerLease(this.#options.cluster));
    if (taken === 'held') return false;
    this.#lease = taken;
    return true;
  }

  async #keep(lease: Lease): Promise<boolean> {
    const renewed = await this.#ports.leases.renew({ ...lease, notes: this.#notes(lease) });
    if (renewed !== 'lost') {
      this.#lease = renewed;
      return true;
    }
    await this.#letGo();
    return false;
  }

  /** What an earlier holder said of a target stands until we know better: a takeover is no reason to doubt what was seen a second ago. */
  #notes({ notes }: Lease): FreeMap {
    const before = ObserverNotes.safeParse(notes);
    const known = new Map(Object.entries(before.success ? before.data.fresh : {}));
    const fresh = this.#targets.flatMap((watched) => {
      const name = noteName({ environment: watched.environment, target: targetName(watched.target) });
      const at = this.#observers.get(keyOf(watched))?.asOf() ?? known.get(name);
      return at === undefined ? [] : [[name, at] as const];
    });
    return FreeMap.parse({ fresh: Object.fromEntries(fresh) } satisfies ObserverNotes);
  }

  async #letGo(): Promise<void> {
    this.#lease = undefined;
    const observers = [...this.#observers.values()];
    this.#observers.clear();
    await Promise.all(observers.map((observer) => observer.stop()));
    // Only then: one that is about to stop may ask for them, and would have them watched again.
    await this.#kinds.stop();
    this.#coverage.forget();
  }

  async #follow(): Promise<void> {
    const wanted = new Map(this.#targets.map((watched) => [keyOf(watched), watched]));
    for (const [key, observer] of this.#observers) {
      if (wanted.has(key)) continue;
      this.#observers.delete(key);
      await observer.stop();
    }
    for (const [key, watched] of wanted) {
      if (this.#observers.has(key)) continue;
      const observer = new TargetObserver(this.#ports, {
        ...this.#options,
        watched,
        lease: () => this.#heldLease(),
        kindsOf: (cluster) => this.#kinds.of(cluster),
      });
      this.#observers.set(key, observer);
      observer.lookAgain();
    }
  }

  /** After it was lost nothing holds: whoever still writes is refused. */
  #heldLease(): Lease {
    return this.#lease ?? { name: observerLease(this.#options.cluster), epoch: -1, notes: {} };
  }

  #covered(): readonly CoveredTarget[] {
    return [...this.#observers.values()].map((observer) => ({
      watched: observer.watched,
      asOf: observer.asOf(),
      observation: observer.observation,
    }));
  }

  /** A last word that can't be written hinders nobody from stopping: what it would have told is then unobserved. */
  async #account(lease: Lease): Promise<void> {
    try {
      await this.#coverage.look(this.#covered(), lease);
      await this.#coverage.close(lease);
    } catch (error) {
      for (const { watched } of this.#observers.values()) this.#options.onFault(error, watched);
    }
  }
}

function keyOf({ environment, target }: WatchedTarget): string {
  return `${environment} ${target.controller} ${targetName(target)}`;
}
