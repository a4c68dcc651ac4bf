/** An API version that has ended, or will. */
export interface ApiLife {
  /** Of Kubernetes, or of the named product. */
  readonly since: string;
  readonly kind: 'removed' | 'deprecated';
  /** Absent: there is none. */
  readonly use?: string;
}

function of(apiVersion: string, kinds: readonly string[], life: ApiLife): readonly (readonly [string, ApiLife])[] {
  return kinds.map((kind) => [`${apiVersion} ${kind}`, life]);
}

const removed = (since: string, use?: string): ApiLife => ({ since, kind: 'removed', ...(use === undefined ? {} : { use }) });

const workloads = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'];
const roles = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];

/** By `apiVersion Kind`. Source: Kubernetes' Deprecated API Migration Guide (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). */
export const apiLives: ReadonlyMap<string, ApiLife> = new Map<string, ApiLife>([
  ...of('extensions/v1beta1', ['DaemonSet', 'Deployment', 'ReplicaSet'], removed('1.16', 'apps/v1')),
  ...of('extensions/v1beta1', ['NetworkPolicy'], removed('1.16', 'networking.k8s.io/v1')),
  ...of('apps/v1beta1', workloads, removed('1.16', 'apps/v1')),
  ...of('apps/v1beta2', workloads, removed('1.16', 'apps/v1')),
  ...of('extensions/v1beta1', ['Ingress'], removed('1.22', 'networking.k8s.io/v1')),
  ...of('networking.k8s.io/v1beta1', ['Ingress', 'IngressClass'], removed('1.22', 'networking.k8s.io/v1')),
  ...of('rbac.authorization.k8s.io/v1beta1', roles, removed('1.22', 'rbac.authorization.k8s.io/v1')),
  ...of(
    'admissionregistration.k8s.io/v1beta1',
    ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    removed('1.22', 'admissionregistration.k8s.io/v1'),
  ),
  ...of('apiextensions.k8s.io/v1beta1', ['CustomResourceDefinition'], removed('1.22', 'apiextensions.k8s.io/v1')),
  ...of('apiregistration.k8s.io/v1beta1', ['APIService'], removed('1.22', 'apiregistration.k8s.io/v1')),
  ...of('certificates.k8s.io/v1beta1', ['CertificateSigningRequest'], removed('1.22', 'certificates.k8s.io/v1')),
  ...of('coordination.k8s.io/v1beta1', ['Lease'], removed('1.22', 'coordination.k8s.io/v1')),
  ...of('scheduling.k8s.io/v1beta1', ['PriorityClass'], removed('1.22', 'scheduling.k8s.io/v1')),
  ...of('storage.k8s.io/v1beta1', ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'], removed('1.22', 'storage.k8s.io/v1')),
  ...of('batch/v1beta1', ['CronJob'], removed('1.25', 'batch/v1')),
  ...of('discovery.k8s.io/v1beta1', ['EndpointSlice'], removed('1.25', 'discovery.k8s.io/v1')),
  ...of('events.k8s.io/v1beta1', ['Event'], removed('1.25', 'events.k8s.io/v1')),
  ...of('autoscaling/v2beta1', ['HorizontalPodAutoscaler'], removed('1.25', 'autoscaling/v2')),
  ...of('policy/v1beta1', ['PodDisruptionBudget'], removed('1.25', 'policy/v1')),
  ...of('policy/v1beta1', ['PodSecurityPolicy'], removed('1.25')),
  ...of('extensions/v1beta1', ['PodSecurityPolicy'], removed('1.16')),
  ...of('node.k8s.io/v1beta1', ['RuntimeClass'], removed('1.25', 'node.k8s.io/v1')),
  ...of('autoscaling/v2beta2', ['HorizontalPodAutoscaler'], removed('1.26', 'autoscaling/v2')),
  ...of(
    'flowcontrol.apiserver.k8s.io/v1beta1',
    ['FlowSchema', 'PriorityLevelConfiguration'],
    removed('1.26', 'flowcontrol.apiserver.k8s.io/v1'),
  ),
  ...of('storage.k8s.io/v1beta1', ['CSIStorageCapacity'], removed('1.27', 'storage.k8s.io/v1')),
  ...of(
    'flowcontrol.apiserver.k8s.io/v1beta2',
    ['FlowSchema', 'PriorityLevelConfiguration'],
    removed('1.29', 'flowcontrol.apiserver.k8s.io/v1'),
  ),
  ...of(
    'flowcontrol.apiserver.k8s.io/v1beta3',
    ['FlowSchema', 'PriorityLevelConfiguration'],
    removed('1.32', 'flowcontrol.apiserver.k8s.io/v1'),
  ),
  ...of('v1', ['Endpoints'], { since: '1.33', kind: 'deprecated', use: 'discovery.k8s.io/v1 EndpointSlice' }),
]);
