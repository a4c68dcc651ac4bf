import type { DeliveryTarget, EnvironmentId } from '@fairlead/domain';
import { sameTarget } from '../delivery/same-target.ts';
import type { WatchedTarget } from '../drift/look-at-target.ts';
import type { Lease } from '../ports/leases.ts';
import { observeInShadow } from './observe-in-shadow.ts';
import type { ShadowPorts } from './shadow-ports.ts';

export interface ShadowObserversOptions {
  /** An environment that can't be looked at for now; it is tried again. */
  readonly onFault: (error: unknown, environment: string) => void;
}

/** Each environment is looked at again after so long, though nothing was heard of it. */
const lookEveryMs = 20_000;
/** Environments of a cluster that are looked at at the same time. */
const atOnce = 4;

/** Looks at the environments that were never promoted to, those of one cluster by one server, for as long as that server holds the cluster's lease. */
export class ShadowObservers {
  readonly #ports: ShadowPorts;
  readonly #options: ShadowObserversOptions;
  readonly #leases = new Map<string, Lease>();
  readonly #dueAt = new Map<EnvironmentId, number>();
  #targets: readonly WatchedTarget[] = [];
  #ticking: Promise<void> | undefined;
  #stopped = false;

  constructor(ports: ShadowPorts, options: ShadowObserversOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  /** What is declared, from now on. */
  setTargets(targets: readonly WatchedTarget[]): void {
    this.#targets = targets;
  }

  /** The controller's object changed. */
  changed(target: DeliveryTarget): void {
    for (const watched of this.#targets) if (sameTarget(watched.target, target)) this.#dueAt.delete(watched.environment);
  }

  /** To be called every few seconds, and after a change. */
  tick(): Promise<void> {
    this.#ticking ??= this.#tick().finally(() => (this.#ticking = undefined));
    return this.#ticking;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#ticking;
    await Promise.all([...this.#leases.values()].map((lease) => this.#ports.leases.release(lease)));
    this.#leases.clear();
  }

  async #tick(): Promise<void> {
    await Promise.all([...this.#byCluster()].map(([cluster, environments]) => this.#lookAtCluster(cluster, environments)));
  }

  /** An environment in several clusters is a matter of the one of its first target. */
  #byCluster(): ReadonlyMap<string, readonly EnvironmentId[]> {
    const home = new Map<EnvironmentId, string>();
    for (const { environment, target } of this.#targets) if (!home.has(environment)) home.set(environment, target.cluster);
    const clusters = new Map<string, EnvironmentId[]>();
    for (const [environment, cluster] of home) clusters.set(cluster, [...(clusters.get(cluster) ?? []), environment]);
    return clusters;
  }

  async #lookAtCluster(cluster: string, environments: readonly EnvironmentId[]): Promise<void> {
    try {
      const due = environments.filter((environment) => (this.#dueAt.get(environment) ?? 0) <= this.#now());
      let lease = await this.#hold(cluster);
      for (let from = 0; from < due.length && lease !== 'held' && !this.#stopped; from += atOnce) {
        const held = lease;
        await Promise.all(due.slice(from, from + atOnce).map((environment) => this.#look(environment, held)));
        lease = await this.#hold(cluster);
      }
    } catch (error) {
      this.#options.onFault(error, cluster);
    }
  }

  /** Takes the lease, or keeps it. */
  async #hold(cluster: string): Promise<Lease | 'held'> {
    const known = this.#leases.get(cluster);
    const renewed = known === undefined ? 'lost' : await this.#ports.leases.renew(known);
    const lease = renewed === 'lost' ? await this.#ports.leases.take(`shadow/${cluster}`) : renewed;
    if (lease === 'held') this.#leases.delete(cluster);
    else this.#leases.set(cluster, lease);
    return lease;
  }

  async #look(environment: EnvironmentId, lease: Lease): Promise<void> {
    // Before the look: what changes during it is looked at again.
    this.#dueAt.set(environment, this.#now() + lookEveryMs);
    try {
      const seen = await observeInShadow(this.#ports, { environment, lease });
      if (seen.kind === 'seen') for (const fault of seen.faults) this.#options.onFault(fault, environment);
    } catch (error) {
      this.#options.onFault(error, environment);
    }
  }

  #now(): number {
    return this.#ports.clock.now().getTime();
  }
}
