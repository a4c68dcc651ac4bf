import { at, listAt, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { conditionOf, conditionsOf } from '../../kube/conditions.ts';
import { degraded, healthOrder, healthy, progressing, type Health } from './health.ts';

/** Kinds whose one condition says it all. */
export function byCondition(type: string): (object: KubeObject) => Health {
  return (object) => {
    const condition = conditionOf(object, type);
    if (condition?.status === 'True') return { status: 'Healthy', message: condition.message };
    if (condition?.status === 'False') return degraded(condition.message);
    return progressing(`Waiting for ${object.kind}`);
  };
}

export function apiServiceHealth(object: KubeObject): Health {
  const available = conditionOf(object, 'Available');
  if (available === undefined) return progressing('Waiting to be processed');
  const message = `${available.reason}: ${available.message}`;
  return available.status === 'True' ? { status: 'Healthy', message } : progressing(message);
}

const failedReasons = [
  'AbleToScale FailedGetScale',
  'AbleToScale FailedUpdateScale',
  'ScalingActive FailedGetResourceMetric',
  'ScalingActive InvalidSelector',
];

/** Conditions are read in their order; the first that says anything decides. */
export function autoscalerHealth(object: KubeObject): Health {
  for (const { type, status, reason, message } of conditionsOf(object)) {
    if (failedReasons.includes(`${type} ${reason}`)) return degraded(message);
    if (status === 'True' && ['AbleToScale', 'ScalingLimited'].includes(type)) return { status: 'Healthy', message };
  }
  return progressing('Waiting to Autoscale');
}

export function disruptionBudgetHealth(object: KubeObject): Health {
  const conditions = conditionsOf(object);
  const broken = conditions.find(({ status, reason }) => status === 'False' && reason !== 'InsufficientPods');
  if (broken !== undefined) return degraded(`PodDisruptionBudget has ${broken.reason}`);
  return conditions.length === 0 ? progressing('Waiting for status') : healthy;
}

const definitionFaults: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly health: Health }[] = [
  { type: 'Terminating', status: 'True', health: progressing('CRD is terminating') },
  { type: 'NamesAccepted', status: 'False', health: degraded('CRD names have not been accepted') },
  { type: 'NonStructuralSchema', status: 'True', health: degraded('Schema violations found') },
  { type: 'Established', status: 'False', reason: 'InvalidCABundle', health: degraded('CRD is not established') },
  { type: 'Established', status: 'False', reason: 'Installing', health: progressing('CRD is being installed') },
];

/** The first condition that is a fault decides. */
export function definitionHealth(object: KubeObject): Health {
  const found = conditionsOf(object).flatMap(({ type, status, reason }) =>
    definitionFaults.filter((fault) => fault.type === type && fault.status === status && (fault.reason ?? reason) === reason),
  );
  const [first] = found;
  if (first !== undefined) return first.health;
  return conditionOf(object, 'Established')?.status === 'True' ? healthy : progressing('CRD is not established');
}

/** Since 3.2 a suspended one is healthy: an application isn't held by it. */
export function cronJobHealth(object: KubeObject): Health {
  if (at(object, 'spec', 'suspend') === true) return { status: 'Healthy', message: 'CronJob is Suspended' };
  if (at(object, 'status') === undefined) return progressing('Waiting for CronJob');
  const scheduled = textAt(object, 'status', 'lastScheduleTime');
  const succeeded = textAt(object, 'status', 'lastSuccessfulTime');
  const isActive = listAt(object, 'status', 'active').length > 0;
  const failed = scheduled !== undefined && succeeded !== undefined && !isActive && succeeded < scheduled;
  return failed ? degraded('CronJob has not completed its last execution successfully') : healthy;
}

/** While it is issued anew it isn't there yet, whatever the last one was. */
export function certificateHealth(object: KubeObject): Health {
  const issuing = conditionOf(object, 'Issuing');
  return issuing?.status === 'True' ? progressing(issuing.message) : byCondition('Ready')(object);
}

/** A condition of an earlier generation says nothing of this one. */
export function sealedSecretHealth(object: KubeObject): Health {
  const isObserved = at(object, 'status', 'observedGeneration') === at(object.metadata, 'generation');
  return isObserved ? byCondition('Synced')(object) : progressing('Waiting for Sealed Secret to be decrypted');
}

/** An application among the resources of another: its own word, if it has one. */
export function childApplicationHealth(object: KubeObject): Health | undefined {
  const status = healthOrder.find((known) => known === textAt(object, 'status', 'health', 'status'));
  return status === undefined || status === 'Missing' || status === 'Unknown' ? undefined : { status };
}
