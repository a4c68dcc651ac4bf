import type { Cluster } from '../api/cluster.ts';
import type { Json } from '../json/json.ts';
import { at, objectAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { labelSelectorOf } from '../store/label-selector.ts';
import { clientFor, type Client } from './client.ts';
import { withConditions, withStatus, type Condition } from './conditions.ts';
import { objectController, type Controller } from './controller.ts';
import { isActive, isReady } from './pods.ts';

const typeId = 'poddisruptionbudgets.policy';

/** Counts, for each budget, the pods that are and must be healthy. */
export function disruptionController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  return objectController(cluster.store, {
    typeId,
    related: (pod, { typeId: changed }) => {
      if (changed !== 'pods.') return [];
      return client
        .list(typeId, pod.metadata.namespace)
        .filter((budget) => selects(budget, pod))
        .map(({ metadata }) => metadata);
    },
    reconcile: (budget) => {
      count(client, budget);
      return undefined;
    },
  });
}

function selects(budget: KubeObject, pod: KubeObject): boolean {
  return labelSelectorOf(objectAt(budget, 'spec', 'selector'))(pod.metadata.labels ?? {});
}

function count(client: Client, budget: KubeObject): void {
  const pods = client.list('pods.', budget.metadata.namespace).filter((pod) => isActive(pod) && selects(budget, pod));
  const expected = pods.length;
  const healthy = pods.filter(isReady).length;
  const most = at(budget, 'spec', 'maxUnavailable');
  const desired = most === undefined ? shareOf(at(budget, 'spec', 'minAvailable') ?? 1, expected) : expected - shareOf(most, expected);
  const allowed = Math.max(0, healthy - desired);
  const condition: Condition =
    allowed > 0
      ? { type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods', message: '' }
      : { type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods', message: '' };
  client.updateStatus(
    typeId,
    withStatus(budget, {
      observedGeneration: budget.metadata.generation,
      currentHealthy: healthy,
      desiredHealthy: Math.max(0, desired),
      disruptionsAllowed: allowed,
      expectedPods: expected,
      conditions: withConditions(budget, [{ ...condition, observedGeneration: budget.metadata.generation ?? 0 }], client.now()),
    }),
  );
}

/** Percentages round up: a budget rather keeps one pod more. */
function shareOf(value: Json, whole: number): number {
  return typeof value === 'string' ? Math.ceil((Number.parseInt(value, 10) / 100) * whole) : Number(value);
}
