import type { Cluster } from '../api/cluster.ts';
import { numberAt, objectAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { nonZero, withStatus } from './conditions.ts';
import { controlledBy, objectController, type Controller } from './controller.ts';
import { isActive, isReady, isTerminating, podFrom } from './pods.ts';

const typeId = 'replicasets.apps';
const pods = 'pods.';

export function replicaSetController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  return objectController(cluster.store, {
    typeId,
    related: controlledBy('ReplicaSet'),
    reconcile: (set) => {
      if (!isTerminating(set)) keepCount(client, set);
      const latest = client.get(typeId, set.metadata.namespace, set.metadata.name);
      if (latest !== undefined) reportCounts(client, latest);
      return undefined;
    },
  });
}

function keepCount(client: Client, set: KubeObject): void {
  const active = client.controlled(pods, set).filter(isActive);
  const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
  for (let missing = wanted - active.length; missing > 0; missing -= 1) {
    const naming = { generateName: `${set.metadata.name}-` };
    client.create(pods, podFrom({ owner: set, template: objectAt(set, 'spec', 'template'), naming }));
  }
  for (const pod of leastUseful(active).slice(0, Math.max(0, active.length - wanted))) client.remove(pods, pod);
}

/** Pods that don't serve go first, then the youngest. */
function leastUseful(active: readonly KubeObject[]): readonly KubeObject[] {
  const unready = active.filter((pod) => !isReady(pod));
  return [...unready, ...active.filter(isReady).reverse()];
}

function reportCounts(client: Client, set: KubeObject): void {
  const owned = client.controlled(pods, set);
  const active = owned.filter(isActive);
  const ready = active.filter(isReady).length;
  client.updateStatus(
    typeId,
    withStatus(set, {
      replicas: active.length,
      fullyLabeledReplicas: nonZero(active.length),
      readyReplicas: nonZero(ready),
      availableReplicas: nonZero(ready),
      terminatingReplicas: owned.filter(isTerminating).length,
      observedGeneration: set.metadata.generation,
    }),
  );
}
