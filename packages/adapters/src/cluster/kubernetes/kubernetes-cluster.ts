import type { KubeConfig } from '@kubernetes/client-node';
import { FairleadError, NotFoundError, type ClusterRight, type LiveContainer } from '@fairlead/domain';
import type { Cluster, ClusterDryRun, ClusterRepair } from '@fairlead/engine';
import { defaultFollowing } from '../../http/kubernetes/follow-collection.ts';
import { kubernetesFault } from '../../http/kubernetes-fault.ts';
import { kubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { applyDry } from './apply-dry.ts';
import { podReader, type PodReader } from './client.ts';
import { containersOfPod } from './containers-of-pod.ts';
import { customSchemas } from './custom-schemas.ts';
import { discoverKinds } from './discover-kinds.ts';
import type { Discovered } from './discovery/discovered-groups.ts';
import { examineCluster, type ClusterExamination } from './examine-cluster.ts';
import { listObjects } from './list-objects.ts';
import { watchObjects } from './watch-objects.ts';
import { loadKubeconfig } from './load-kubeconfig.ts';
import type { ClusterOptions, KubernetesClustersOptions } from './options.ts';
import { patchObject, readObject } from './repair-object.ts';
import { resolveDestination, type KnownCluster } from './resolve-destination.ts';
import { Pod } from './schema.ts';

/** The installation's clusters. The credentials are for the adapters that speak to the same API servers. */
export interface KubernetesClusters extends Cluster, ClusterRepair, ClusterDryRun {
  /** Loaded at first use. Throws `NotFoundError` (`cluster-unknown`), `InvalidError` for a kubeconfig that can't be used, `ForbiddenError` for one that runs programs. */
  kubeConfig(cluster: string): KubeConfig;
  /** Whether the cluster is one to work with, and our identity has the rights, just those. */
  examine(cluster: string, rights: readonly ClusterRight[]): Promise<ClusterExamination>;
}

/** Rights, calls made and calls never made: README.md. */
export function kubernetesClusters(options: KubernetesClustersOptions): KubernetesClusters {
  const { clusters, requestTimeoutMs = 30_000, now = (): Date => new Date() } = options;
  const configs = once((name) => loadKubeconfig(find(clusters, name)));
  const wires = once((name) => kubernetesWire(configs(name), { timeoutMs: requestTimeoutMs }));
  const readers = once<PodReader>((name) => podReader(wires(name), name));
  const timing = { ...defaultFollowing, rediscoverMs: 60_000, ...options.timing };
  const at = (): string => now().toISOString();
  const discover = (name: string): Promise<Discovered> =>
    saying(`discovering the kinds of cluster ${name}`, () => discoverKinds(wires(name), at()));
  return {
    kubeConfig: configs,
    examine: (name, rights) => saying(`examining cluster ${name}`, () => examineCluster(wires(name), rights, now)),
    servedKinds: discover,
    customSchemas: (name) =>
      saying(`reading the custom kinds of cluster ${name}`, () => customSchemas(wires(name), async () => (await discover(name)).kinds)),
    async listObjects(scope, take) {
      return listObjects({ wire: wires(scope.cluster), scope, at: at() }, await discover(scope.cluster), take);
    },
    watchObjects: (scope, tell) =>
      saying(`watching cluster ${scope.cluster}`, () => {
        const wire = wires(scope.cluster);
        return Promise.resolve(watchObjects({ wire, scope, tell, now, discover: () => discoverKinds(wire, at()) }, timing));
      }),
    async liveContainers(cluster, namespaces) {
      const reader = readers(cluster);
      const observedAt = now().toISOString();
      const containers: LiveContainer[] = [];
      for (const namespace of new Set(namespaces)) {
        containers.push(...(await reader.pods(namespace)).flatMap(containersOfPod));
      }
      return { observedAt, namespaces: [...namespaces], containers };
    },
    containersOf({ object }) {
      const pod = Pod.safeParse(object);
      return pod.success ? containersOfPod(pod.data) : [];
    },
    readObject: async (name, ref) => readObject({ wire: wires(name), kinds: (await discover(name)).kinds, ref }),
    patchObject: async (name, ref, patch) => patchObject({ wire: wires(name), kinds: (await discover(name)).kinds, ref }, patch),
    applyDry: async (name, objects) => applyDry(wires(name), (await discover(name)).kinds, objects),
    resolveDestination: (target, destination) =>
      Promise.resolve(
        resolveDestination(
          target.cluster,
          destination,
          clusters.map((cluster) => knownAs(cluster, configs)),
        ),
      ),
  };
}

/** `async`: an unknown cluster is a promise that fails, too. */
async function saying<Value>(doing: string, ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (cause) {
    throw cause instanceof FairleadError ? cause : kubernetesFault(cause, doing);
  }
}

function find(clusters: readonly ClusterOptions[], name: string): ClusterOptions {
  const found = clusters.find((cluster) => cluster.name === name);
  if (found !== undefined) return found;
  const known = clusters.length === 0 ? 'no cluster is configured' : `known: ${clusters.map((cluster) => cluster.name).join(', ')}`;
  throw new NotFoundError('cluster-unknown', `no cluster ${name}`, { hint: `add it under 'clusters' in fairlead.yaml; ${known}` });
}

function once<Value>(make: (name: string) => Value): (name: string) => Value {
  const made = new Map<string, Value>();
  return (name) => {
    const value = made.get(name) ?? make(name);
    made.set(name, value);
    return value;
  };
}

/** A cluster whose kubeconfig can't be used is known by its configured address alone; using it says what is wrong. */
function knownAs({ name, server }: ClusterOptions, configs: (name: string) => KubeConfig): KnownCluster {
  const configured = server === undefined ? [] : [server];
  try {
    const current = configs(name).getCurrentCluster()?.server;
    return { name, servers: current === undefined ? configured : [...configured, current] };
  } catch {
    return { name, servers: configured };
  }
}
