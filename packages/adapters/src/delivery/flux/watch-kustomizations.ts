import { isObject } from '../../http/kubernetes/collection-item.ts';
import { defaultFollowing, followCollection } from '../../http/kubernetes/follow-collection.ts';
import { kubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { watchNames } from '../../http/kubernetes/watch-names.ts';
import type { DeliveryTarget, FluxObject, UpstreamError } from '@fairlead/domain';
import type { Watching } from '@fairlead/engine';
import { collectionPath, kustomizations, sourceKind } from './flux-kind.ts';
import type { FluxOptions } from './options.ts';
import { SourceRef } from './schema.ts';

interface Watched {
  readonly cluster: string;
  readonly namespace: string;
  readonly changed: (target: DeliveryTarget) => void;
}

/** The Kustomizations of a namespace, and the sources that they read, wherever those are. Ends only when stopped. */
export function watchKustomizations(watched: Watched, options: FluxOptions): Watching {
  return new KustomizationWatch(watched, options);
}

class KustomizationWatch implements Watching {
  readonly #watched: Watched;
  readonly #options: FluxOptions;
  /** The source of each Kustomization, by name. */
  readonly #sourceOf = new Map<string, string>();
  readonly #sources = new Map<string, Watching>();
  readonly #own: Watching;

  constructor(watched: Watched, options: FluxOptions) {
    this.#watched = watched;
    this.#options = options;
    this.#own = this.#follow();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#own, ...this.#sources.values()].map((watching) => watching.stop()));
  }

  #follow(): Watching {
    const { cluster, namespace } = this.#watched;
    const { clusters, requestTimeoutMs: timeoutMs = 30_000, reconnect = defaultFollowing.reconnect, onWatchError } = this.#options;
    const wire = kubernetesWire(clusters.kubeConfig(cluster), { timeoutMs });
    const listener = {
      applied: ({ name, object }: { readonly name: string; readonly object: unknown }) => {
        this.#learn(name, object);
        this.#tell(name);
      },
      deleted: ({ name }: { readonly name: string }) => {
        this.#sourceOf.delete(name);
        this.#tell(name);
      },
      listed: () => undefined,
      following: () => undefined,
      failed: (error: UpstreamError) => onWatchError?.(error),
    };
    const doing = `watching the kustomizations of ${namespace} on cluster ${cluster}`;
    return followCollection(
      { wire, collection: { path: collectionPath(kustomizations, namespace) }, doing, listener },
      { ...defaultFollowing, reconnect },
    );
  }

  #learn(name: string, object: unknown): void {
    const spec = isObject(object) ? object['spec'] : undefined;
    const ref = SourceRef.safeParse(isObject(spec) ? spec['sourceRef'] : undefined);
    if (!ref.success) return;
    const source = { kind: ref.data.kind, namespace: ref.data.namespace ?? this.#watched.namespace, name: ref.data.name };
    this.#sourceOf.set(name, keyOf(source));
    this.#watchSources(source);
  }

  /** One watch for a kind and a namespace, whatever reads it. */
  #watchSources({ kind, namespace }: FluxObject): void {
    const of = sourceKind(kind);
    const key = `${kind}/${namespace}`;
    if (of === undefined || this.#sources.has(key)) return;
    const { cluster } = this.#watched;
    const watching = watchNames(
      {
        kubeConfig: this.#options.clusters.kubeConfig(cluster),
        path: collectionPath(of, namespace),
        doing: `watching the ${of.plural} of ${namespace} on cluster ${cluster}`,
        changed: ({ name }) => {
          this.#tellReaders(keyOf({ kind, namespace, name }));
        },
      },
      this.#options,
    );
    this.#sources.set(key, watching);
  }

  #tellReaders(source: string): void {
    for (const [name, reads] of this.#sourceOf) if (reads === source) this.#tell(name);
  }

  #tell(name: string): void {
    const { cluster, namespace, changed } = this.#watched;
    changed({ controller: 'flux', cluster, namespace, name });
  }
}

function keyOf({ kind, namespace, name }: FluxObject): string {
  return `${kind}/${namespace}/${name}`;
}
