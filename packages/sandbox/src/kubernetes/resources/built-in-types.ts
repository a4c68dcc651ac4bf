import { builtInSchema } from '../fields/built-in-schemas.ts';
import type { ResourceType, ScalePaths } from './resource-type.ts';

/** `s` status subresource, `g` generation by spec, `c` cluster-scoped, `r` scale subresource. */
type Row = readonly [plural: string, kind: string, flags?: string, shortNames?: string];

const workloadScale: ScalePaths = {
  specReplicas: ['spec', 'replicas'],
  statusReplicas: ['status', 'replicas'],
  selector: ['spec', 'selector'],
};

const tables: Readonly<Record<string, readonly Row[]>> = {
  v1: [
    ['configmaps', 'ConfigMap', '', 'cm'],
    ['endpoints', 'Endpoints', '', 'ep'],
    ['events', 'Event', '', 'ev'],
    ['limitranges', 'LimitRange', '', 'limits'],
    ['namespaces', 'Namespace', 'sc', 'ns'],
    ['nodes', 'Node', 'sc', 'no'],
    ['persistentvolumeclaims', 'PersistentVolumeClaim', 's', 'pvc'],
    ['persistentvolumes', 'PersistentVolume', 'sc', 'pv'],
    ['pods', 'Pod', 'sg', 'po'],
    ['podtemplates', 'PodTemplate'],
    ['replicationcontrollers', 'ReplicationController', 'sgr', 'rc'],
    ['resourcequotas', 'ResourceQuota', 's', 'quota'],
    ['secrets', 'Secret'],
    ['serviceaccounts', 'ServiceAccount', '', 'sa'],
    ['services', 'Service', 's', 'svc'],
  ],
  'admissionregistration.k8s.io/v1': [
    ['mutatingwebhookconfigurations', 'MutatingWebhookConfiguration', 'cg'],
    ['validatingadmissionpolicies', 'ValidatingAdmissionPolicy', 'scg'],
    ['validatingadmissionpolicybindings', 'ValidatingAdmissionPolicyBinding', 'c'],
    ['validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', 'cg'],
  ],
  'apiextensions.k8s.io/v1': [['customresourcedefinitions', 'CustomResourceDefinition', 'scg', 'crd,crds']],
  'apiregistration.k8s.io/v1': [['apiservices', 'APIService', 'sc']],
  'apps/v1': [
    ['controllerrevisions', 'ControllerRevision'],
    ['daemonsets', 'DaemonSet', 'sg', 'ds'],
    ['deployments', 'Deployment', 'sgr', 'deploy'],
    ['replicasets', 'ReplicaSet', 'sgr', 'rs'],
    ['statefulsets', 'StatefulSet', 'sgr', 'sts'],
  ],
  'autoscaling/v2': [['horizontalpodautoscalers', 'HorizontalPodAutoscaler', 's', 'hpa']],
  'batch/v1': [
    ['cronjobs', 'CronJob', 'sg', 'cj'],
    ['jobs', 'Job', 'sg'],
  ],
  'certificates.k8s.io/v1': [['certificatesigningrequests', 'CertificateSigningRequest', 'sc', 'csr']],
  'coordination.k8s.io/v1': [['leases', 'Lease']],
  'discovery.k8s.io/v1': [['endpointslices', 'EndpointSlice', 'g']],
  'networking.k8s.io/v1': [
    ['ingressclasses', 'IngressClass', 'cg'],
    ['ingresses', 'Ingress', 'sg', 'ing'],
    ['networkpolicies', 'NetworkPolicy', 'g', 'netpol'],
  ],
  'node.k8s.io/v1': [['runtimeclasses', 'RuntimeClass', 'c']],
  'policy/v1': [['poddisruptionbudgets', 'PodDisruptionBudget', 'sg', 'pdb']],
  'rbac.authorization.k8s.io/v1': [
    ['clusterrolebindings', 'ClusterRoleBinding', 'c'],
    ['clusterroles', 'ClusterRole', 'c'],
    ['rolebindings', 'RoleBinding'],
    ['roles', 'Role'],
  ],
  'scheduling.k8s.io/v1': [['priorityclasses', 'PriorityClass', 'cg', 'pc']],
  'storage.k8s.io/v1': [
    ['csidrivers', 'CSIDriver', 'c'],
    ['csinodes', 'CSINode', 'c'],
    ['storageclasses', 'StorageClass', 'c', 'sc'],
    ['volumeattachments', 'VolumeAttachment', 'sc'],
  ],
};

const inCategoryAll = new Set([
  'cronjobs',
  'daemonsets',
  'deployments',
  'horizontalpodautoscalers',
  'jobs',
  'pods',
  'replicasets',
  'replicationcontrollers',
  'services',
  'statefulsets',
]);

export const builtInTypes: readonly ResourceType[] = Object.entries(tables).flatMap(([apiVersion, rows]) =>
  rows.map((row) => fromRow(apiVersion, row)),
);

export const podType: ResourceType = fromRow('v1', ['pods', 'Pod', 'sg', 'po']);

function fromRow(apiVersion: string, [plural, kind, flags = '', shortNames = '']: Row): ResourceType {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const id = `${plural}.${group}`;
  return {
    id,
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: shortNames === '' ? [] : shortNames.split(','),
    categories: inCategoryAll.has(plural) ? ['all'] : [],
    namespaced: !flags.includes('c'),
    status: flags.includes('s'),
    ...(flags.includes('r') && { scale: workloadScale }),
    generation: flags.includes('g') ? 'spec' : 'never',
    schema: builtInSchema(id),
    origin: 'built-in',
  };
}
