import { at, numberAt, textAt } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { conditionOf } from '../../kube/conditions.ts';
import { degraded, healthy, progressing, suspended, type Health } from './health.ts';

function status(object: KubeObject, field: string): number {
  return numberAt(object, 'status', field) ?? 0;
}

function isObserved(object: KubeObject): boolean {
  return (numberAt(object.metadata, 'generation') ?? 0) <= status(object, 'observedGeneration');
}

function waiting(object: KubeObject, detail: string): Health {
  return progressing(`Waiting for rollout to finish: ${detail.replace('$kind', object.kind.toLowerCase())}`);
}

const unobserved = 'observed $kind generation less than desired generation';

export function deploymentHealth(object: KubeObject): Health {
  if (at(object, 'spec', 'paused') === true) return suspended('Deployment is paused');
  if (!isObserved(object)) return waiting(object, unobserved);
  if (conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded') {
    return degraded(`Deployment "${nameOf(object)}" exceeded its progress deadline`);
  }
  const wanted = numberAt(object, 'spec', 'replicas');
  const updated = status(object, 'updatedReplicas');
  const available = status(object, 'availableReplicas');
  const old = status(object, 'replicas') - updated;
  if (wanted !== undefined && updated < wanted)
    return waiting(object, `${String(updated)} out of ${String(wanted)} new replicas have been updated...`);
  if (old > 0) return waiting(object, `${String(old)} old replicas are pending termination...`);
  if (available < updated) return waiting(object, `${String(available)} of ${String(updated)} updated replicas are available...`);
  return healthy;
}

export function statefulSetHealth(object: KubeObject): Health {
  if (status(object, 'observedGeneration') === 0 || !isObserved(object))
    return waiting(object, 'observed statefulset generation less than desired generation');
  const wanted = numberAt(object, 'spec', 'replicas');
  const ready = status(object, 'readyReplicas');
  if (wanted !== undefined && ready < wanted) return progressing(`Waiting for ${String(wanted - ready)} pods to be ready...`);
  const strategy = textAt(object, 'spec', 'updateStrategy', 'type');
  if (strategy === 'OnDelete') return healthy;
  const isPartitioned = strategy === 'RollingUpdate' && at(object, 'spec', 'updateStrategy', 'rollingUpdate') !== undefined;
  return isPartitioned ? partitionHealth(object) : revisionHealth(object);
}

/** A partition of none is all of it; then the revisions don't matter. */
function partitionHealth(object: KubeObject): Health {
  const replicas = numberAt(object, 'spec', 'replicas');
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  const updated = status(object, 'updatedReplicas');
  if (replicas === undefined || partition === undefined || updated >= replicas - partition) return healthy;
  return progressing(
    `Waiting for partitioned roll out to finish: ${String(updated)} out of ${String(replicas - partition)} new pods have been updated...`,
  );
}

function revisionHealth(object: KubeObject): Health {
  const revision = textAt(object, 'status', 'updateRevision') ?? '';
  if (revision === (textAt(object, 'status', 'currentRevision') ?? '')) return healthy;
  return progressing(
    `waiting for statefulset rolling update to complete ${String(status(object, 'updatedReplicas'))} pods at revision ${revision}...`,
  );
}

export function daemonSetHealth(object: KubeObject): Health {
  if (!isObserved(object)) return waiting(object, unobserved);
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return healthy;
  const desired = status(object, 'desiredNumberScheduled');
  const updated = status(object, 'updatedNumberScheduled');
  const available = status(object, 'numberAvailable');
  if (updated < desired) return waiting(object, `${String(updated)} out of ${String(desired)} new pods have been updated...`);
  if (available < desired) return waiting(object, `${String(available)} of ${String(desired)} updated pods are available...`);
  return healthy;
}

export function replicaSetHealth(object: KubeObject): Health {
  if (!isObserved(object)) return waiting(object, 'observed replica set generation less than desired generation');
  const failure = conditionOf(object, 'ReplicaFailure');
  if (failure?.status === 'True') return degraded(failure.message);
  const wanted = numberAt(object, 'spec', 'replicas');
  const available = status(object, 'availableReplicas');
  if (wanted !== undefined && available < wanted)
    return waiting(object, `${String(available)} out of ${String(wanted)} new replicas are available...`);
  return healthy;
}

/** A condition counts by being there, but for `Suspended`, which may be over. */
export function jobHealth(object: KubeObject): Health {
  const failed = conditionOf(object, 'Failed');
  const complete = conditionOf(object, 'Complete');
  const held = conditionOf(object, 'Suspended');
  if (failed !== undefined) return degraded(failed.message);
  if (held?.status === 'True') return suspended(held.message);
  if (complete !== undefined || held !== undefined) return { status: 'Healthy', message: (complete ?? held)?.message ?? '' };
  return progressing('');
}
