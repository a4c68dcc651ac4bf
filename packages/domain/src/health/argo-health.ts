import { fieldAt, listAt, numberAt, textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';
import { conditionOf } from './conditions.ts';
import { health, healthStatuses, type Health } from './health.ts';

export function workflowHealth(object: JsonObject): Health {
  const message = textAt(object, 'status', 'message');
  switch (textAt(object, 'status', 'phase') ?? '') {
    case '':
    case 'Pending':
    case 'Running':
      return health('Progressing', message);
    case 'Succeeded':
      return health('Healthy', message);
    case 'Failed':
    case 'Error':
      return health('Degraded', message);
    default:
      return health('Unknown', message);
  }
}

/** Since 1.0 the controller says it in one word. */
export function rolloutHealth(object: JsonObject): Health {
  if (!isRolloutObserved(object)) return health('Progressing', 'its controller has not seen this generation yet');
  const phase = textAt(object, 'status', 'phase');
  if (phase === undefined) return olderRolloutHealth(object);
  return health(phase === 'Paused' ? 'Suspended' : knownStatus(phase), textAt(object, 'status', 'message'));
}

/** Too little to be sure of anything but a failure or a pause. */
function olderRolloutHealth(object: JsonObject): Health {
  const invalid = conditionOf(object, 'InvalidSpec');
  if (invalid !== undefined) return health('Degraded', invalid.message);
  const progressing = conditionOf(object, 'Progressing');
  if (['RolloutAborted', 'ProgressDeadlineExceeded'].includes(progressing?.reason ?? '')) return health('Degraded', progressing?.message);
  const isPaused = listAt(object, 'status', 'pauseConditions').length > 0 || fieldAt(object, 'spec', 'paused') === true;
  return isPaused ? health('Suspended', 'the rollout is paused') : health('Progressing', 'its controller says no phase');
}

/** Its controller writes the generation as text. */
function isRolloutObserved(object: JsonObject): boolean {
  if (fieldAt(object, 'status') === undefined) return false;
  const generation = numberAt(object, 'metadata', 'generation') ?? 0;
  const observed = Number.parseInt(textAt(object, 'status', 'observedGeneration') ?? '', 10);
  const workload = textAt(object, 'metadata', 'annotations', 'rollout.argoproj.io/workload-generation');
  const isWorkloadSeen =
    fieldAt(object, 'spec', 'workloadRef') === undefined || workload === textAt(object, 'status', 'workloadObservedGeneration');
  return (Number.isNaN(observed) || observed >= generation) && isWorkloadSeen;
}

/** An application among the resources of another says its own; where it doesn't know, it doesn't count. */
export function childApplicationHealth(object: JsonObject): Health {
  const own = textAt(object, 'status', 'health', 'status');
  const message = textAt(object, 'status', 'health', 'message');
  if (own === undefined) return { ...health('Unknown', 'the application has no health yet'), countsAs: 'Healthy' };
  const status = knownStatus(own);
  return status === 'Missing' || status === 'Unknown' ? { ...health(status, message), countsAs: 'Healthy' } : health(status, message);
}

function knownStatus(word: string): Health['status'] {
  return healthStatuses.find((status) => status === word) ?? 'Unknown';
}
