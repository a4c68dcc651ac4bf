import type { ApiDefault, FieldPath } from '@fairlead/domain';

/**
 * What to say of a default whose value is not always the same; what always is, is recorded without being declared. A declared path that no
 * object of `objects/` shows is an error, and so is a path that shows several values and is not declared. Whether the words are true, the
 * comparison of every object with what it was stored as tells.
 */
export interface DeclaredDefaults {
  /** Paths from the template. */
  readonly podTemplate: readonly ApiDefault[];
  /** By `group/Kind`. */
  readonly kinds: Readonly<Record<string, readonly ApiDefault[]>>;
}

function pathOf(dotted: string): FieldPath {
  return dotted.split('.');
}

function copied(path: string, from: string): ApiDefault {
  return { path: pathOf(path), sameAs: pathOf(from) };
}

function any(path: string): ApiDefault {
  return { path: pathOf(path), any: true };
}

/** By what the image's tag says. */
function pullPolicy(path: string, image: string): readonly ApiDefault[] {
  return [
    { path: pathOf(path), value: 'Always', when: { path: pathOf(image), imageTag: 'latest' } },
    { path: pathOf(path), value: 'IfNotPresent', when: { path: pathOf(image), imageTag: 'other' } },
  ];
}

/** Names with dots in them stay one step. */
const job = 'batch.kubernetes.io/';
const template: FieldPath = ['spec', 'template', 'metadata', 'labels'];

function tokenMount(path: string): ApiDefault {
  const like = { name: '', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true };
  return { path: pathOf(path), like, allocated: ['name'] };
}

const tokenVolume: ApiDefault = {
  path: ['spec', 'volumes', '*'],
  like: {
    name: '',
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
        { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
      ],
    },
  },
  allocated: ['name'],
};

const hostNetwork = { path: ['spec', 'hostNetwork'], oneOf: [true] };
const nodePorts = { path: ['spec', 'type'], oneOf: ['NodePort', 'LoadBalancer'] };

export const declaredDefaults: DeclaredDefaults = {
  podTemplate: [
    ...pullPolicy('spec.containers.*.imagePullPolicy', 'spec.containers.*.image'),
    ...pullPolicy('spec.initContainers.*.imagePullPolicy', 'spec.initContainers.*.image'),
    ...pullPolicy('spec.volumes.*.image.pullPolicy', 'spec.volumes.*.image.reference'),
    copied('spec.serviceAccount', 'spec.serviceAccountName'),
  ],
  kinds: {
    '/LimitRange': [
      copied('spec.limits.*.default.*', 'spec.limits.*.max.*'),
      copied('spec.limits.*.defaultRequest.*', 'spec.limits.*.default.*'),
      copied('spec.limits.*.defaultRequest.*', 'spec.limits.*.min.*'),
    ],
    '/Namespace': [{ path: ['metadata', 'labels', 'kubernetes.io/metadata.name'], sameAs: ['metadata', 'name'] }],
    '/PersistentVolumeClaim': [
      any('spec.storageClassName'),
      ...['apiGroup', 'kind', 'name'].map((field) => copied(`spec.dataSource.${field}`, `spec.dataSourceRef.${field}`)),
      ...['kind', 'name'].map((field) => copied(`spec.dataSourceRef.${field}`, `spec.dataSource.${field}`)),
    ],
    '/Pod': [
      ...['containers', 'initContainers'].flatMap((containers) => [
        copied(`spec.${containers}.*.resources.requests.*`, `spec.${containers}.*.resources.limits.*`),
        { ...copied(`spec.${containers}.*.ports.*.hostPort`, `spec.${containers}.*.ports.*.containerPort`), when: hostNetwork },
        tokenMount(`spec.${containers}.*.volumeMounts.*`),
      ]),
      any('spec.resources.requests.*'), // the sum of what its containers ask for
      any('spec.nodeName'),
      { path: ['spec', 'priority'], value: 0, when: { path: ['spec', 'priorityClassName'], absent: true } },
      { path: ['spec', 'priority'], any: true, when: { path: ['spec', 'priorityClassName'], present: true } },
      tokenVolume,
    ],
    '/ReplicationController': [
      { path: ['metadata', 'labels', '*'], sameAs: [...template, '*'] },
      { path: ['spec', 'selector', '*'], sameAs: [...template, '*'] },
    ],
    '/Service': [
      any('spec.clusterIP'),
      any('spec.clusterIPs.*'),
      { path: pathOf('spec.healthCheckNodePort'), any: true, when: { path: ['spec', 'externalTrafficPolicy'], oneOf: ['Local'] } },
      { path: pathOf('spec.ipFamilies.*'), value: 'IPv4' },
      { path: pathOf('spec.ipFamilies.*'), value: 'IPv6' },
      { path: pathOf('spec.ipFamilyPolicy'), value: 'SingleStack' },
      { path: pathOf('spec.ipFamilyPolicy'), value: 'RequireDualStack', when: { path: ['spec', 'selector'], absent: true } },
      { path: pathOf('spec.ports.*.nodePort'), any: true, when: nodePorts },
      copied('spec.ports.*.targetPort', 'spec.ports.*.port'),
    ],
    'apiextensions.k8s.io/CustomResourceDefinition': [any('spec.names.listKind'), any('spec.names.singular')],
    'apps/DaemonSet': [{ path: ['metadata', 'annotations', 'deprecated.daemonset.template.generation'], any: true }],
    'batch/Job': [
      { path: ['metadata', 'labels', '*'], sameAs: [...template, '*'] },
      ...['controller-uid', `${job}controller-uid`].map((label) => ({ path: [...template, label], sameAs: ['metadata', 'uid'] })),
      ...['job-name', `${job}job-name`].map((label) => ({ path: [...template, label], sameAs: ['metadata', 'name'] })),
      { path: ['spec', 'selector', 'matchLabels', `${job}controller-uid`], sameAs: ['metadata', 'uid'] },
      { path: ['spec', 'backoffLimit'], value: 6, when: { path: ['spec', 'backoffLimitPerIndex'], absent: true } },
      { path: ['spec', 'backoffLimit'], value: 2147483647, when: { path: ['spec', 'backoffLimitPerIndex'], present: true } },
      { path: ['spec', 'podReplacementPolicy'], value: 'TerminatingOrFailed', when: { path: ['spec', 'podFailurePolicy'], absent: true } },
      { path: ['spec', 'podReplacementPolicy'], value: 'Failed', when: { path: ['spec', 'podFailurePolicy'], present: true } },
    ],
    'networking.k8s.io/Ingress': [any('spec.ingressClassName')],
    'networking.k8s.io/NetworkPolicy': [
      { path: ['spec', 'policyTypes', '*'], value: 'Ingress' },
      { path: ['spec', 'policyTypes', '*'], value: 'Egress', when: { path: ['spec', 'egress'], present: true } },
    ],
  },
};
