import type { DeliveryTarget } from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import { ClusterObserver, type ClusterObserverOptions } from './cluster-observer.ts';
import type { DriftPorts } from './drift-ports.ts';
import type { WatchedTarget } from './look-at-target.ts';

export interface DriftObserversOptions extends Omit<ClusterObserverOptions, 'cluster' | 'onFault'> {
  /** A cluster, or one target in it, that can't be observed for now; it is tried again. */
  readonly onFault: (error: unknown, where: { readonly cluster: string; readonly target?: string }) => void;
}

/** One observer for each cluster that objects are delivered to. One that fails hinders no other. */
export class DriftObservers {
  readonly #ports: DriftPorts;
  readonly #options: DriftObserversOptions;
  readonly #clusters = new Map<string, ClusterObserver>();
  readonly #destinations = new Map<string, string>();
  #targets: readonly WatchedTarget[] = [];
  #placed = true;
  #ticking: Promise<void> | undefined;

  constructor(ports: DriftPorts, options: DriftObserversOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  /** What is declared, from now on. */
  setTargets(targets: readonly WatchedTarget[]): void {
    this.#targets = targets;
    this.#placed = false;
  }

  /** The controller's object changed. */
  changed(target: DeliveryTarget): void {
    for (const observer of this.#clusters.values()) observer.changed(target);
  }

  /** To be called every few seconds. */
  tick(): Promise<void> {
    this.#ticking ??= this.#tick().finally(() => (this.#ticking = undefined));
    return this.#ticking;
  }

  async stop(): Promise<void> {
    await this.#ticking;
    await Promise.all([...this.#clusters.values()].map((observer) => observer.stop()));
  }

  async #tick(): Promise<void> {
    if (!this.#placed) await this.#place();
    await Promise.all(
      [...this.#clusters].map(async ([cluster, observer]) => {
        await observer.tick().catch((error: unknown) => {
          this.#options.onFault(error, { cluster });
        });
      }),
    );
  }

  async #place(): Promise<void> {
    const targets = this.#targets;
    const placed = await Promise.all(targets.map(async (watched) => ({ watched, cluster: await this.#destinationOf(watched.target) })));
    const clusters = new Set([...this.#clusters.keys(), ...placed.map(({ cluster }) => cluster)]);
    for (const cluster of clusters) {
      const here = placed.filter((one) => one.cluster === cluster).map(({ watched }) => watched);
      this.#observerOf(cluster).setTargets(here);
    }
    this.#placed = targets === this.#targets;
  }

  #observerOf(cluster: string): ClusterObserver {
    const known = this.#clusters.get(cluster);
    if (known !== undefined) return known;
    const { onFault, ...options } = this.#options;
    const observer = new ClusterObserver(this.#ports, {
      ...options,
      cluster,
      onFault: (error, { target }) => {
        onFault(error, { cluster, target: targetName(target) });
      },
    });
    this.#clusters.set(cluster, observer);
    return observer;
  }

  /** Where its controller says that it delivers to; where the controller is, as long as nobody knows. */
  async #destinationOf(target: DeliveryTarget): Promise<string> {
    const key = `${target.controller} ${targetName(target)}`;
    const known = this.#destinations.get(key);
    if (known !== undefined) return known;
    try {
      const seen = await this.#ports.delivery[target.controller].observe(target);
      if (seen.kind === 'absent') return target.cluster;
      const destination = await this.#ports.cluster.resolveDestination(target, seen.destination);
      if (destination.kind === 'unresolved') return target.cluster;
      this.#destinations.set(key, destination.cluster);
      return destination.cluster;
    } catch (error) {
      this.#options.onFault(error, { cluster: target.cluster, target: targetName(target) });
      return target.cluster;
    }
  }
}
