import { sameJson } from '../json/json.ts';
import { numberAt, textAt, textMapAt } from '../json/json-path.ts';
import type { Clock } from '../api/cluster.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { msSince, type Client } from './client.ts';
import { findCondition, nonZero, withConditions, withStatus, type Condition } from './conditions.ts';
import { availableOf, replicasOf, revisionOf, rollingLimits, type Rollout } from './deployment-replica-sets.ts';

interface Counts {
  readonly replicas: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
  readonly terminating: number;
}

export function reportDeployment(client: Client, clock: Clock, rollout: Rollout): void {
  const { deployment, current } = rollout;
  const counts = countsOf(rollout);
  const now = client.now();
  const conditions = [availability(deployment, counts), ...progress(clock, rollout, counts)].flatMap((condition) =>
    stamped(deployment, condition, now),
  );
  const next = withStatus(deployment, {
    observedGeneration: deployment.metadata.generation,
    replicas: nonZero(counts.replicas),
    updatedReplicas: nonZero(counts.updated),
    readyReplicas: nonZero(counts.ready),
    availableReplicas: nonZero(counts.available),
    unavailableReplicas: nonZero(Math.max(0, replicasOf(deployment) - counts.available)),
    terminatingReplicas: counts.terminating,
    conditions: withConditions(deployment, conditions, now),
  });
  const revision = current === undefined ? {} : { 'deployment.kubernetes.io/revision': revisionOf(current).toString() };
  const annotations = { ...deployment.metadata.annotations, ...revision };
  if (sameJson(next['status'], deployment['status']) && sameJson(annotations, textMapAt(deployment, 'metadata', 'annotations'))) return;
  client.updateStatus('deployments.apps', { ...next, metadata: { ...next.metadata, annotations } });
}

function countsOf({ current, old }: Rollout): Counts {
  const sets = current === undefined ? old : [...old, current];
  const sum = (key: string): number => sets.reduce((total, set) => total + (numberAt(set, 'status', key) ?? 0), 0);
  return {
    replicas: sum('replicas'),
    updated: current === undefined ? 0 : (numberAt(current, 'status', 'replicas') ?? 0),
    ready: sum('readyReplicas'),
    available: sets.reduce((total, set) => total + availableOf(set), 0),
    terminating: sum('terminatingReplicas'),
  };
}

function availability(deployment: KubeObject, { available }: Counts): Condition {
  const enough = available >= replicasOf(deployment) - rollingLimits(deployment).unavailable;
  return enough
    ? { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** None: what is known of the progress still holds. */
function progress(clock: Clock, { deployment, current }: Rollout, counts: Counts): readonly Condition[] {
  const set = `ReplicaSet "${current?.metadata.name ?? ''}"`;
  const before = textAt(findCondition(deployment, 'Progressing'), 'reason');
  if (current === undefined || deployment['spec'] === undefined) return [];
  if (isComplete(deployment, counts)) {
    return [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message: `${set} has successfully progressed.` }];
  }
  if (before === undefined) {
    return [
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetCreated',
        message: `Created new replica set "${current.metadata.name}"`,
      },
    ];
  }
  if (hasProgressed(deployment, counts)) {
    return [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message: `${set} is progressing.` }];
  }
  if (deadlineMs(clock, deployment) > 0) return [];
  return [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: `${set} has timed out progressing.` }];
}

function isComplete(deployment: KubeObject, { updated, replicas, available }: Counts): boolean {
  return [updated, replicas, available].every((count) => count === replicasOf(deployment));
}

function hasProgressed(deployment: KubeObject, counts: Counts): boolean {
  const before = (key: string): number => numberAt(deployment, 'status', key) ?? 0;
  if (numberAt(deployment, 'status', 'observedGeneration') !== deployment.metadata.generation) return true;
  return (
    counts.updated > before('updatedReplicas') ||
    counts.replicas - counts.updated < before('replicas') - before('updatedReplicas') ||
    counts.ready > before('readyReplicas') ||
    counts.available > before('availableReplicas')
  );
}

/** Until a rollout without progress counts as stuck; infinite when it is done or already stuck. */
export function deadlineMs(clock: Clock, deployment: KubeObject): number {
  const condition = findCondition(deployment, 'Progressing');
  const reason = textAt(condition, 'reason');
  const seconds = numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? Infinity;
  if (condition === undefined || reason === 'NewReplicaSetAvailable' || reason === 'ProgressDeadlineExceeded') return Infinity;
  return seconds * 1000 - msSince(clock, textAt(condition, 'lastUpdateTime') ?? deployment.metadata.creationTimestamp);
}

/** A condition with its update time; none when it says what the deployment already says. */
function stamped(deployment: KubeObject, condition: Condition, now: string): readonly Condition[] {
  const before = findCondition(deployment, condition.type);
  const same = textAt(before, 'status') === condition.status && textAt(before, 'reason') === condition['reason'];
  const moving = condition['reason'] === 'ReplicaSetUpdated';
  return same && !moving ? [] : [{ ...condition, lastUpdateTime: now }];
}
