import type { Cluster } from '../api/cluster.ts';
import { numberAt, objectAt, textAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { withConditions, withStatus, type Condition } from './conditions.ts';
import { replicasOf } from './deployment-replica-sets.ts';
import { objectController, type Controller } from './controller.ts';
import { isTerminating } from './pods.ts';

const typeId = 'horizontalpodautoscalers.autoscaling';

const targets: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
  ReplicaSet: 'replicasets.apps',
};

/** How long a target stays as somebody else scaled it. The real one lets a new autoscaler wait as long, too; here nobody wants to. */
const periodMs = 15_000;

/** Keeps its target between the bounds. There is no load, so within them it wants what is there. It is a part of the controller manager, and writes under that name. */
export function autoscalerController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  const dueAt = new Map<string, number>();
  return objectController(cluster.store, {
    typeId,
    related: (object) => autoscalersOf(client, object).map(({ metadata }) => metadata),
    reconcile: (autoscaler) => {
      if (isTerminating(autoscaler)) return undefined;
      const { uid } = autoscaler.metadata;
      const nowMs = cluster.clock.now().getTime();
      const waitMs = (dueAt.get(uid) ?? nowMs) - nowMs;
      const found = steer(client, autoscaler, waitMs <= 0);
      if (waitMs > 0 || !found) return waitMs > 0 ? waitMs : undefined;
      dueAt.set(uid, nowMs + periodMs);
      return periodMs;
    },
  });
}

function autoscalersOf(client: Client, object: KubeObject): readonly KubeObject[] {
  if (targets[object.kind] === undefined) return [];
  return client.list(typeId, object.metadata.namespace).filter((autoscaler) => {
    const { kind, name } = objectAt(autoscaler, 'spec', 'scaleTargetRef');
    return kind === object.kind && name === object.metadata.name;
  });
}

/** Whether there is a target. It is scaled only when that is due. */
function steer(client: Client, autoscaler: KubeObject, isDue: boolean): boolean {
  const kind = textAt(autoscaler, 'spec', 'scaleTargetRef', 'kind') ?? '';
  const name = textAt(autoscaler, 'spec', 'scaleTargetRef', 'name') ?? '';
  const targetType = targets[kind] ?? '';
  const target = client.get(targetType, autoscaler.metadata.namespace, name);
  if (target === undefined) {
    const missing: Condition = { type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message: `${kind} "${name}" not found` };
    report(client, autoscaler, { current: 0, desired: 0, conditions: [missing] });
    return false;
  }
  const wanted = replicasOf(target);
  const desired = isDue ? desiredOf(autoscaler, wanted) : wanted;
  if (desired !== wanted) client.scale(targetType, target, desired);
  report(client, autoscaler, { current: numberAt(target, 'status', 'replicas') ?? 0, desired, conditions: conditions(desired) });
  return true;
}

/** A target scaled to zero by hand is left alone: that is how people switch an autoscaler off. */
function desiredOf(autoscaler: KubeObject, wanted: number): number {
  const least = numberAt(autoscaler, 'spec', 'minReplicas') ?? 1;
  const most = numberAt(autoscaler, 'spec', 'maxReplicas') ?? wanted;
  return wanted === 0 ? 0 : Math.min(most, Math.max(least, wanted));
}

interface Report {
  readonly current: number;
  readonly desired: number;
  readonly conditions: readonly Condition[];
}

function report(client: Client, autoscaler: KubeObject, { current, desired, conditions: said }: Report): void {
  const now = client.now();
  const scaled = (numberAt(autoscaler, 'status', 'desiredReplicas') ?? desired) !== desired;
  client.updateStatus(
    typeId,
    withStatus(autoscaler, {
      currentReplicas: current,
      desiredReplicas: desired,
      conditions: withConditions(autoscaler, said, now),
      ...(scaled && { lastScaleTime: now }),
    }),
  );
}

function conditions(desired: number): readonly Condition[] {
  const active: Condition =
    desired === 0
      ? {
          type: 'ScalingActive',
          status: 'False',
          reason: 'ScalingDisabled',
          message: 'scaling is disabled since the replica count of the target is zero',
        }
      : {
          type: 'ScalingActive',
          status: 'True',
          reason: 'ValidMetricFound',
          message: 'the HPA was able to successfully calculate a replica count',
        };
  return [
    { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale', message: 'recommended size matches current size' },
    active,
    { type: 'ScalingLimited', status: 'False', reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' },
  ];
}
