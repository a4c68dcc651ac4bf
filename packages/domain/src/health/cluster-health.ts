import { textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';
import { conditionOf, conditionsOf } from './conditions.ts';
import { health, type Health } from './health.ts';

export function apiServiceHealth(object: JsonObject): Health {
  const available = conditionOf(object, 'Available');
  if (available === undefined) return health('Progressing', 'it has not been processed yet');
  return health(available.status === 'True' ? 'Healthy' : 'Progressing', `${available.reason}: ${available.message}`);
}

const brokenScaling: Readonly<Record<string, readonly string[] | undefined>> = {
  AbleToScale: ['FailedGetScale', 'FailedUpdateScale'],
  ScalingActive: ['FailedGetResourceMetric', 'InvalidSelector'],
};

/** The first condition that says anything decides. In `autoscaling/v1` conditions are in an annotation. */
export function autoscalerHealth(object: JsonObject): Health {
  for (const { type, status, reason, message } of conditionsOf(object)) {
    if (brokenScaling[type]?.includes(reason) === true) return health('Degraded', message);
    if ((type === 'AbleToScale' || type === 'ScalingLimited') && status === 'True') return health('Healthy', message);
  }
  if (textAt(object, 'apiVersion') === 'autoscaling/v1') return annotatedHealth(object);
  return health('Progressing', 'it does not scale yet');
}

const annotation = 'autoscaling.alpha.kubernetes.io/conditions';

/** A live object of this version has no `status.conditions`; what can't be read says nothing. */
function annotatedHealth(object: JsonObject): Health {
  const text = textAt(object, 'metadata', 'annotations', annotation) ?? '';
  const able = text.includes('"type":"AbleToScale","status":"True"');
  const broken = /"reason":"(FailedGetScale|FailedUpdateScale|FailedGetResourceMetric|InvalidSelector)"/.exec(text);
  if (broken !== null) return health('Degraded', broken[1]);
  return able ? health('Healthy') : health('Progressing', 'it does not scale yet');
}

export function disruptionBudgetHealth(object: JsonObject): Health {
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return health('Progressing', 'it has no status yet');
  // That too few pods are there now is what a budget is for.
  const broken = conditions.find(({ status, reason }) => status === 'False' && reason !== 'InsufficientPods');
  return broken === undefined ? health('Healthy') : health('Degraded', `the disruption budget has ${broken.reason}`);
}

/** Why a definition isn't served, by type, status and reason; the first in the object's order decides. */
export function definitionHealth(object: JsonObject): Health {
  const faults = conditionsOf(object).flatMap(({ type, status, reason, message }) => {
    const fault = definitionFaults[`${type}=${status}`] ?? definitionFaults[`${type}=${status} ${reason}`];
    return fault === undefined ? [] : [health(fault.status, `${fault.what}: ${message}`)];
  });
  const [first] = faults;
  if (first !== undefined) return first;
  return conditionOf(object, 'Established')?.status === 'True' ? health('Healthy') : health('Progressing', 'it is not established yet');
}

const definitionFaults: Readonly<Record<string, { readonly status: Health['status']; readonly what: string } | undefined>> = {
  'Terminating=True': { status: 'Progressing', what: 'it is terminating' },
  'NamesAccepted=False': { status: 'Degraded', what: 'its names are not accepted' },
  'NonStructuralSchema=True': { status: 'Degraded', what: 'its schema is not structural' },
  'Established=False InvalidCABundle': { status: 'Degraded', what: 'it is not established' },
  'Established=False Installing': { status: 'Progressing', what: 'it is being installed' },
};
