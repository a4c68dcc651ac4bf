import { setImmediate } from 'node:timers/promises';
import { objectRefOf, type JsonObject } from '@fairlead/domain';
import type { Cluster, Clock, ObjectEvent } from '@fairlead/engine';

/** A cluster that says what it is told to say, as a watch would. */
export class ToldCluster {
  readonly port: Cluster;
  readonly #clock: Clock;
  readonly #tellers: ((event: ObjectEvent) => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    const coverage = { kinds: [], namespaces: [], gaps: [] };
    this.port = {
      liveContainers: () => Promise.resolve({ observedAt: '', namespaces: [], containers: [] }),
      containersOf: () => [],
      resolveDestination: () => Promise.resolve({ kind: 'resolved', cluster: 'bench' }),
      servedKinds: () => Promise.resolve({ kinds: [], gaps: [] }),
      customSchemas: () => Promise.resolve({}),
      listObjects: () => Promise.resolve(coverage),
      watchObjects: (scope, tell) => {
        if (scope.namespaces.length > 0) this.#tellers.push(tell);
        return Promise.resolve({ coverage: () => coverage, freshAt: () => this.#now(), stop: () => Promise.resolve() });
      },
    };
  }

  /** Everything there is, and that it is everything. Nothing of the texts is kept: each object is its own, as from a server. */
  async list(texts: Iterable<string>): Promise<void> {
    while (this.#tellers.length === 0) await setImmediate();
    const kinds = new Map([['/Pod', { group: '', version: 'v1', kind: 'Pod' }]]);
    let told = 0;
    for (const text of texts) {
      // As pages come.
      if (++told % 500 === 0) await setImmediate();
      const { group, version, kind } = this.apply(text);
      kinds.set(`${group}/${kind}`, { group, version, kind });
    }
    for (const of of kinds.values()) this.#tell({ kind: 'in-sync', of, at: this.#now() });
  }

  apply(text: string): ReturnType<typeof objectRefOf> {
    const object: unknown = JSON.parse(text);
    if (!isObject(object)) throw new Error('no object');
    const ref = objectRefOf(object);
    this.#tell({ kind: 'applied', live: { ref, uid: ref.name, resourceVersion: '1', object }, at: this.#now() });
    return ref;
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }

  #tell(event: ObjectEvent): void {
    for (const tell of this.#tellers) tell(event);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
