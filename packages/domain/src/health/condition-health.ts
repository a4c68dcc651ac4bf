import { fieldAt, textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';
import { conditionOf, conditionsOf } from './conditions.ts';
import { health, type Health } from './health.ts';
import { isBehind } from './observed-generation.ts';

/** Kinds whose one condition says it all. */
export function byCondition(type: string): (object: JsonObject) => Health {
  return (object) => {
    const condition = conditionOf(object, type);
    if (condition?.status === 'True') return health('Healthy', condition.message);
    if (condition?.status === 'False') return health('Degraded', condition.message);
    return health('Progressing', `it has no condition ${type} yet`);
  };
}

/** Being issued again says more than that the last one is still good. */
export function certificateHealth(object: JsonObject): Health {
  const issuing = conditionOf(object, 'Issuing');
  return issuing?.status === 'True' ? health('Progressing', issuing.message) : byCondition('Ready')(object);
}

export function sealedSecretHealth(object: JsonObject): Health {
  if (fieldAt(object, 'status', 'observedGeneration') !== fieldAt(object, 'metadata', 'generation')) {
    return health('Progressing', 'its controller has not seen this generation yet');
  }
  return byCondition('Synced')(object);
}

/** Flux's own kinds: suspended, stalled, reconciling, or what `Ready` says. `also` must be true where it is there. */
export function fluxHealth(also: readonly string[]): (object: JsonObject) => Health {
  return (object) => {
    if (fieldAt(object, 'spec', 'suspend') === true) return health('Suspended', `the ${textAt(object, 'kind') ?? 'object'} is suspended`);
    const ready = conditionOf(object, 'Ready');
    if (ready === undefined) return health('Progressing', 'it has no condition Ready yet');
    const isReconciling = conditionOf(object, 'Reconciling')?.status === 'True';
    if (ready.status === 'Unknown' && isReconciling) return health('Progressing', ready.message);
    const isGood = ready.status === 'True' && also.every((type) => conditionOf(object, type)?.status === 'True');
    if (!isGood) return health('Degraded', ready.message);
    return isBehind(object) ? health('Progressing', 'its controller has not seen this generation yet') : health('Healthy', ready.message);
  };
}

/** Its newest condition is its last. */
export function clusterSecretHealth(object: JsonObject): Health {
  const last = conditionsOf(object).at(-1);
  if (last?.status !== 'True') return health('Progressing', 'it has no condition Ready yet');
  return health(last.type === 'Ready' ? 'Healthy' : 'Degraded', last.message);
}

/** Of type `oci` it is a mere address, which nobody reconciles. */
export function helmRepositoryHealth(object: JsonObject): Health {
  const isAddress = textAt(object, 'spec', 'type') === 'oci' && conditionsOf(object).length === 0;
  return isAddress ? health('Healthy') : fluxHealth([])(object);
}

const stalled = ['Stalled', 'Failed'];
const good = ['Ready', 'Available', 'Synced'];

/** A kind that we know nothing of, by the conditions that most controllers write. Without them nothing speaks against it. */
export function anyKindHealth(object: JsonObject): Health {
  const conditions = conditionsOf(object);
  const fault = conditions.find(({ type, status }) => stalled.includes(type) && status === 'True');
  if (fault !== undefined) return health('Degraded', fault.message);
  if (isBehind(object)) return health('Progressing', 'its controller has not seen this generation yet');
  const told = conditions.filter(({ type }) => good.includes(type));
  const reconciling = conditions.find(({ type, status }) => type === 'Reconciling' && status === 'True');
  if (reconciling !== undefined) return health('Progressing', reconciling.message);
  const bad = told.find(({ status }) => status === 'False');
  if (bad !== undefined) return health('Degraded', bad.message);
  const open = told.find(({ status }) => status !== 'True');
  return open === undefined ? health('Healthy') : health('Progressing', open.message);
}
