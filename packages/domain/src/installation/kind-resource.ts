import type { ObjectRef } from '../desired-state/object-ref.ts';

/** How a kind stands in paths and in rules of access. */
export interface KindResource {
  readonly group: string;
  readonly kind: string;
  /** The plural. */
  readonly resource: string;
  readonly namespaced: boolean;
}

const namespacedKinds: Readonly<Record<string, readonly string[]>> = {
  '': [
    'ConfigMap',
    'LimitRange',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'ServiceAccount',
    'Service',
  ],
  apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  autoscaling: ['HorizontalPodAutoscaler'],
  batch: ['CronJob', 'Job'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  policy: ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io': ['Role', 'RoleBinding'],
  'resource.k8s.io': ['ResourceClaim', 'ResourceClaimTemplate'],
};

/** Kinds of Kubernetes itself that a look at every kind of a namespace is about. */
export const builtInKinds: readonly KindResource[] = Object.entries(namespacedKinds).flatMap(([group, kinds]) =>
  kinds.map((kind) => ({ group, kind, resource: pluralOf(kind), namespaced: true })),
);

const clusterScoped: ReadonlySet<string> = new Set([
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'gateway.networking.k8s.io/GatewayClass',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
]);

/** Without a cluster to ask: exact for kinds of Kubernetes, a guess by its rules of naming for others. */
export function resourceOf({ group, kind, namespace }: Pick<ObjectRef, 'group' | 'kind' | 'namespace'>): KindResource {
  const custom = group.includes('.') && !group.endsWith('.k8s.io');
  const wide = clusterScoped.has(`${group}/${kind}`) || (custom && namespace === undefined && kind.startsWith('Cluster'));
  return { group, kind, resource: pluralOf(kind), namespaced: !wide };
}

/** By Kubernetes' rules of naming: a kind that is called otherwise says so in its definition. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name === 'endpoints') return name;
  if (/(?:s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
