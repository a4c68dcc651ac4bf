import type { Clock } from '../ports/clock.ts';
import type { Cluster, ObjectWatch } from '../ports/cluster.ts';
import { readClusterKinds, type ClusterKinds } from './drift-settings.ts';

interface Known {
  readonly read: Promise<ClusterKinds>;
  readonly at: number;
}

/** Where definitions can't be watched, what is known of them is believed for so long. */
const believedMs = 600_000;

export interface KnownKindsOptions {
  readonly cluster: Pick<Cluster, 'servedKinds' | 'customSchemas' | 'watchObjects'>;
  readonly clock: Clock;
  /** A definition came, went or is another one. */
  readonly changed: () => void;
}

/** What is known of the kinds of clusters: read once, and again when a definition changes. */
export class KnownKinds {
  readonly #options: KnownKindsOptions;
  readonly #known = new Map<string, Known>();
  readonly #watches = new Map<string, Promise<ObjectWatch>>();

  constructor(options: KnownKindsOptions) {
    this.#options = options;
  }

  /** The same object as before, where nothing is new. */
  async of(cluster: string): Promise<ClusterKinds> {
    const now = this.#options.clock.now().getTime();
    const before = this.#known.get(cluster);
    if (before !== undefined && (now - before.at < believedMs || (await this.#isWatched(cluster)))) return before.read;
    const known = { read: readClusterKinds(this.#options.cluster, cluster), at: now };
    this.#known.set(cluster, known);
    known.read.catch(() => {
      if (this.#known.get(cluster) === known) this.#known.delete(cluster);
    });
    if (!this.#watches.has(cluster)) await this.#watch(cluster);
    return known.read;
  }

  async stop(): Promise<void> {
    const watches = [...this.#watches.values()];
    this.#watches.clear();
    this.#known.clear();
    // One that never began has nothing to stop.
    await Promise.allSettled(watches.map(async (watch) => (await watch).stop()));
  }

  async #isWatched(cluster: string): Promise<boolean> {
    const watch = await this.#watches.get(cluster);
    return watch?.coverage().gaps.length === 0;
  }

  async #watch(cluster: string): Promise<void> {
    let told = false;
    const scope = { cluster, namespaces: [], kinds: [{ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' }] };
    const watch = this.#options.cluster.watchObjects(scope, (event) => {
      if (event.kind === 'in-sync') told = true;
      else if (told && (event.kind === 'applied' || event.kind === 'deleted')) this.#forget(cluster);
    });
    this.#watches.set(cluster, watch);
    watch.catch(() => this.#watches.delete(cluster));
    await watch;
  }

  #forget(cluster: string): void {
    this.#known.delete(cluster);
    this.#options.changed();
  }
}
