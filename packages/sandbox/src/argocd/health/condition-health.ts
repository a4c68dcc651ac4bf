import { at, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { conditionOf, conditionsOf } from '../../kube/conditions.ts';
import { degraded, healthOrder, healthy, progressing, suspended, type Health } from './health.ts';

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

const failedReasons = ['FailedGetScale', 'FailedUpdateScale', 'InvalidSelector', 'InvalidMetricSourceType'];

export function autoscalerHealth(object: KubeObject): Health {
  const conditions = conditionsOf(object);
  const broken = conditions.find(({ reason }) => failedReasons.includes(reason) || /^FailedGet.*Metric$|^FailedCompute/.test(reason));
  if (broken !== undefined) return degraded(broken.message);
  const working = conditions.find(({ type, status }) => status === 'True' && ['AbleToScale', 'ScalingLimited'].includes(type));
  return working === undefined ? progressing('Waiting to Autoscale') : { status: 'Healthy', message: working.message };
}

export function definitionHealth(object: KubeObject): Health {
  if (conditionOf(object, 'NamesAccepted')?.status === 'False') return degraded('CRD names have not been accepted');
  return conditionOf(object, 'Established')?.status === 'True' ? healthy : progressing('CRD is not established');
}

export function cronJobHealth(object: KubeObject): Health {
  return at(object, 'spec', 'suspend') === true ? suspended('CronJob is Suspended') : healthy;
}

/** An application among the resources of another: its own word, if it has one. */
export function childApplicationHealth(object: KubeObject): Health | undefined {
  const status = healthOrder.find((known) => known === textAt(object, 'status', 'health', 'status'));
  return status === undefined || status === 'Missing' || status === 'Unknown' ? undefined : { status };
}
