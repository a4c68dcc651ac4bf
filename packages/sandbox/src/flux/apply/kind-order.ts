import { groupOf, nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';

const first = [
  'CustomResourceDefinition',
  'Namespace',
  'ClusterRole',
  'ClusterClass',
  'RuntimeClass',
  'PriorityClass',
  'StorageClass',
  'VolumeSnapshotClass',
  'IngressClass',
  'GatewayClass',
  'ClusterRoleBinding',
  'ResourceQuota',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'Service',
  'LimitRange',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** The order in which Flux applies; deletion goes the other way. */
export function inApplyOrder(left: KubeObject, right: KubeObject): number {
  const rank = rankOf(left) - rankOf(right);
  if (rank !== 0) return rank;
  const [before, after] = [sortKey(left), sortKey(right)];
  return before === after ? 0 : before < after ? -1 : 1;
}

function rankOf({ kind }: KubeObject): number {
  if (last.includes(kind)) return 1 + last.indexOf(kind);
  return first.includes(kind) ? first.indexOf(kind) - first.length : 0;
}

function sortKey(object: KubeObject): string {
  return [groupOf(object.apiVersion), object.kind, namespaceOf(object), nameOf(object)].join('\0');
}

/** What the rest depends on is applied before it, and awaited: definitions, then classes. */
export function stagesOf(objects: readonly KubeObject[]): readonly (readonly KubeObject[])[] {
  const isDefinition = ({ kind }: KubeObject): boolean => ['CustomResourceDefinition', 'Namespace', 'ClusterRole'].includes(kind);
  const isClass = (object: KubeObject): boolean => !isDefinition(object) && object.kind.endsWith('Class');
  const stages = [
    objects.filter(isDefinition),
    objects.filter(isClass),
    objects.filter((object) => !isDefinition(object) && !isClass(object)),
  ];
  return stages.filter((stage) => stage.length > 0).map((stage) => stage.toSorted(inApplyOrder));
}
