import { fieldAt, numberAt, textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';
import { conditionOf } from './conditions.ts';
import { health, type Health } from './health.ts';
import { isObserved } from './observed-generation.ts';

const unobserved = health('Progressing', 'its controller has not seen this generation yet');

export function deploymentHealth(object: JsonObject): Health {
  if (fieldAt(object, 'spec', 'paused') === true) return health('Suspended', 'the deployment is paused');
  if (!isObserved(object)) return unobserved;
  const progressing = conditionOf(object, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return health('Degraded', said('it exceeded its progress deadline', progressing.message));
  const updated = count(object, 'updatedReplicas');
  const wanted = numberAt(object, 'spec', 'replicas') ?? updated;
  if (updated < wanted) return waiting(updated, wanted, 'updated');
  const old = count(object, 'replicas') - updated;
  if (old > 0) return health('Progressing', `${String(old)} old replicas have still to go`);
  const available = count(object, 'availableReplicas');
  return available < updated ? waiting(available, updated, 'available') : health('Healthy');
}

export function statefulSetHealth(object: JsonObject): Health {
  if (count(object, 'observedGeneration') === 0 || !isObserved(object)) return unobserved;
  const ready = count(object, 'readyReplicas');
  const wanted = numberAt(object, 'spec', 'replicas');
  if (wanted !== undefined && ready < wanted) return waiting(ready, wanted, 'ready');
  switch (textAt(object, 'spec', 'updateStrategy', 'type') ?? '') {
    case 'OnDelete':
      return health('Healthy');
    case 'RollingUpdate':
      return fieldAt(object, 'spec', 'updateStrategy', 'rollingUpdate') === undefined ? revisionHealth(object) : partitionHealth(object);
    default:
      return revisionHealth(object);
  }
}

function partitionHealth(object: JsonObject): Health {
  const updated = count(object, 'updatedReplicas');
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  const wanted = (numberAt(object, 'spec', 'replicas') ?? updated) - (partition ?? Number.POSITIVE_INFINITY);
  return updated < wanted ? waiting(updated, wanted, 'updated') : health('Healthy');
}

function revisionHealth(object: JsonObject): Health {
  const next = textAt(object, 'status', 'updateRevision') ?? '';
  const current = textAt(object, 'status', 'currentRevision') ?? '';
  return next === current ? health('Healthy') : health('Progressing', `on its way to revision ${next}`);
}

export function daemonSetHealth(object: JsonObject): Health {
  if (!isObserved(object)) return unobserved;
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return health('Healthy');
  const wanted = count(object, 'desiredNumberScheduled');
  const updated = count(object, 'updatedNumberScheduled');
  if (updated < wanted) return waiting(updated, wanted, 'updated');
  const available = count(object, 'numberAvailable');
  return available < wanted ? waiting(available, wanted, 'available') : health('Healthy');
}

export function replicaSetHealth(object: JsonObject): Health {
  if (!isObserved(object)) return unobserved;
  const failure = conditionOf(object, 'ReplicaFailure');
  if (failure?.status === 'True') return health('Degraded', failure.message);
  const available = count(object, 'availableReplicas');
  const wanted = numberAt(object, 'spec', 'replicas') ?? available;
  return available < wanted ? waiting(available, wanted, 'available') : health('Healthy');
}

function count(object: JsonObject, field: string): number {
  return numberAt(object, 'status', field) ?? 0;
}

function waiting(are: number, wanted: number, what: string): Health {
  return health('Progressing', `${String(are)} of ${String(wanted)} replicas are ${what}`);
}

function said(what: string, message: string): string {
  return message === '' ? what : `${what}: ${message}`;
}
