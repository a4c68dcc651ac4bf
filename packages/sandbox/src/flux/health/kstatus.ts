import { at, listAt, numberAt, textAt } from '../../json/json.ts';
import { conditionOf } from '../../kube/conditions.ts';
import { groupOf, type KubeObject } from '../../kube/kube-object.ts';

/** As the library that Flux uses names them. */
export type KStatus = 'Current' | 'InProgress' | 'Failed' | 'Terminating' | 'NotFound';

const checks: Readonly<Record<string, (object: KubeObject) => KStatus>> = {
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': replicaSet,
  'batch/Job': job,
  'batch/CronJob': () => 'Current',
  '/Pod': pod,
  '/Service': service,
  '/PersistentVolumeClaim': (object) => (textAt(object, 'status', 'phase') === 'Bound' ? 'Current' : 'InProgress'),
  '/ConfigMap': () => 'Current',
  '/Secret': () => 'Current',
  'policy/PodDisruptionBudget': () => 'Current',
  'apiextensions.k8s.io/CustomResourceDefinition': definition,
};

/** What an object's status says. Of a kind that isn't known, its own conditions; without any it counts as current. */
export function kstatus(object: KubeObject | undefined): KStatus {
  if (object === undefined) return 'NotFound';
  if (textAt(object.metadata, 'deletionTimestamp') !== undefined) return 'Terminating';
  const observed = numberAt(object, 'status', 'observedGeneration');
  if (observed !== undefined && observed !== numberAt(object.metadata, 'generation')) return 'InProgress';
  if (conditionOf(object, 'Reconciling')?.status === 'True') return 'InProgress';
  if (conditionOf(object, 'Stalled')?.status === 'True') return 'Failed';
  const check = checks[`${groupOf(object.apiVersion)}/${object.kind}`];
  return check === undefined ? byReady(object) : check(object);
}

function byReady(object: KubeObject): KStatus {
  const ready = conditionOf(object, 'Ready');
  return ready === undefined || ready.status === 'True' ? 'Current' : 'InProgress';
}

function count(object: KubeObject, field: string): number {
  return numberAt(object, 'status', field) ?? 0;
}

function wanted(object: KubeObject): number {
  return numberAt(object, 'spec', 'replicas') ?? 1;
}

function deployment(object: KubeObject): KStatus {
  if (conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded') return 'Failed';
  const isSeen = at(object, 'status', 'observedGeneration') !== undefined;
  return isSeen && isRolledOut(object) && conditionOf(object, 'Available')?.status === 'True' ? 'Current' : 'InProgress';
}

function isRolledOut(object: KubeObject): boolean {
  const replicas = wanted(object);
  const updated = count(object, 'updatedReplicas');
  const isReplaced = replicas <= updated && count(object, 'replicas') <= updated;
  return isReplaced && updated <= count(object, 'availableReplicas') && replicas <= count(object, 'readyReplicas');
}

function statefulSet(object: KubeObject): KStatus {
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return 'Current';
  const replicas = wanted(object);
  if (replicas > count(object, 'readyReplicas') || replicas > count(object, 'replicas')) return 'InProgress';
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  if (partition > 0) return count(object, 'updatedReplicas') < replicas - partition ? 'InProgress' : 'Current';
  const isOneRevision = textAt(object, 'status', 'currentRevision') === textAt(object, 'status', 'updateRevision');
  return replicas > count(object, 'currentReplicas') || !isOneRevision ? 'InProgress' : 'Current';
}

function daemonSet(object: KubeObject): KStatus {
  if (at(object, 'status', 'observedGeneration') === undefined) return 'InProgress';
  const desired = count(object, 'desiredNumberScheduled');
  const fields = ['currentNumberScheduled', 'updatedNumberScheduled', 'numberAvailable', 'numberReady'];
  return fields.some((field) => count(object, field) < desired) ? 'InProgress' : 'Current';
}

function replicaSet(object: KubeObject): KStatus {
  if (conditionOf(object, 'ReplicaFailure')?.status === 'True') return 'InProgress';
  const replicas = wanted(object);
  const fields = ['fullyLabeledReplicas', 'availableReplicas', 'readyReplicas'];
  return fields.some((field) => count(object, field) < replicas) ? 'InProgress' : 'Current';
}

/** A job is awaited to its end: Flux's own reader of jobs differs here from the library. */
function job(object: KubeObject): KStatus {
  if (conditionOf(object, 'Failed')?.status === 'True') return 'Failed';
  if (conditionOf(object, 'Complete')?.status === 'True') return 'Current';
  return 'InProgress';
}

function pod(object: KubeObject): KStatus {
  const phase = textAt(object, 'status', 'phase');
  if (phase === 'Succeeded') return 'Current';
  if (phase === 'Failed') return 'Failed';
  if (phase !== 'Running') return 'InProgress';
  if (conditionOf(object, 'Ready')?.status === 'True') return 'Current';
  const isCrashing = listAt(object, 'status', 'containerStatuses').some(
    (container) => textAt(container, 'state', 'waiting', 'reason') === 'CrashLoopBackOff',
  );
  return isCrashing ? 'Failed' : 'InProgress';
}

function service(object: KubeObject): KStatus {
  return textAt(object, 'spec', 'type') === 'LoadBalancer' && (textAt(object, 'spec', 'clusterIP') ?? '') === '' ? 'InProgress' : 'Current';
}

function definition(object: KubeObject): KStatus {
  if (conditionOf(object, 'NamesAccepted')?.status === 'False') return 'Failed';
  return conditionOf(object, 'Established')?.status === 'True' ? 'Current' : 'InProgress';
}
