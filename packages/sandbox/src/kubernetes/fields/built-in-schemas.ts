import { atomic, embedded, keyedList, members, setOfScalars, type FieldSchema } from './field-schema.ts';

// Source: the `x-kubernetes-list-type`, `-list-map-keys` and `-map-type` of the Kubernetes OpenAPI document.

const selectorOfKey = members({ secretKeyRef: atomic, configMapKeyRef: atomic, fieldRef: atomic, resourceFieldRef: atomic });
const probe = members({ httpGet: members({ httpHeaders: atomic }), exec: members({ command: atomic }) });
const handler = probe;

const container = members({
  env: keyedList(['name'], members({ valueFrom: selectorOfKey })),
  ports: keyedList(['containerPort', 'protocol'], undefined, { protocol: 'TCP' }),
  volumeMounts: keyedList(['mountPath']),
  volumeDevices: keyedList(['devicePath']),
  resources: embedded(members({ claims: keyedList(['name']) })),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: members({ postStart: handler, preStop: handler }),
});

const podSpec = members({
  containers: embedded(keyedList(['name'], container)),
  initContainers: keyedList(['name'], container),
  ephemeralContainers: keyedList(['name'], container),
  volumes: keyedList(['name'], members({ secret: members({ items: atomic }), configMap: members({ items: atomic }) })),
  imagePullSecrets: keyedList(['name'], atomic),
  hostAliases: keyedList(['ip']),
  topologySpreadConstraints: keyedList(['topologyKey', 'whenUnsatisfiable'], members({ labelSelector: atomic })),
  schedulingGates: keyedList(['name']),
  resourceClaims: keyedList(['name']),
  nodeSelector: atomic,
  affinity: members({ nodeAffinity: members({ requiredDuringSchedulingIgnoredDuringExecution: atomic }) }),
});

const metadata = embedded(members({ finalizers: setOfScalars, ownerReferences: keyedList(['uid'], atomic) }));
const podTemplate = embedded(members({ metadata, spec: embedded(podSpec) }));
const conditions = keyedList(['type']);
const withConditions = embedded(members({ conditions }));

function workload(spec: Readonly<Record<string, FieldSchema>>): FieldSchema {
  return object({ spec: embedded(members({ selector: atomic, template: podTemplate, ...spec })), status: withConditions });
}

function object(fields: Readonly<Record<string, FieldSchema>>): FieldSchema {
  return members({ metadata, ...fields });
}

const struct = embedded(members({}));
const job = { selector: atomic, template: podTemplate };

const schemas: Readonly<Record<string, FieldSchema>> = {
  'deployments.apps': workload({ strategy: struct }),
  'statefulsets.apps': workload({ updateStrategy: struct, volumeClaimTemplates: atomic }),
  'daemonsets.apps': workload({ updateStrategy: struct }),
  'replicasets.apps': workload({}),
  'replicationcontrollers.': workload({}),
  'jobs.batch': object({ spec: embedded(members(job)), status: embedded(members({ conditions: atomic })) }),
  'cronjobs.batch': object({
    spec: embedded(members({ jobTemplate: embedded(members({ metadata, spec: embedded(members(job)) })) })),
    status: struct,
  }),
  'pods.': object({
    spec: embedded(podSpec),
    status: embedded(members({ conditions, podIPs: keyedList(['ip']), hostIPs: atomic })),
  }),
  'podtemplates.': object({ template: podTemplate }),
  'services.': object({
    spec: embedded(members({ selector: atomic, ports: keyedList(['port', 'protocol'], undefined, { protocol: 'TCP' }) })),
    status: embedded(members({ conditions, loadBalancer: struct })),
  }),
  'serviceaccounts.': object({ secrets: keyedList(['name'], atomic) }),
  'namespaces.': object({ spec: struct, status: withConditions }),
  'nodes.': object({
    spec: embedded(members({ podCIDRs: setOfScalars })),
    status: embedded(members({ conditions, addresses: keyedList(['type']) })),
  }),
  'persistentvolumeclaims.': object({
    spec: embedded(members({ selector: atomic, dataSource: atomic, resources: struct })),
    status: withConditions,
  }),
  'persistentvolumes.': object({ spec: embedded(members({ claimRef: atomic })), status: struct }),
  'events.': object({ involvedObject: embedded(atomic), source: struct, related: atomic }),
  'ingresses.networking.k8s.io': object({ spec: struct, status: embedded(members({ loadBalancer: struct })) }),
  'networkpolicies.networking.k8s.io': object({ spec: embedded(members({ podSelector: embedded(atomic) })) }),
  'horizontalpodautoscalers.autoscaling': object({
    spec: embedded(members({ scaleTargetRef: struct })),
    status: withConditions,
  }),
  'poddisruptionbudgets.policy': object({ spec: embedded(members({ selector: atomic })), status: withConditions }),
  'clusterroles.rbac.authorization.k8s.io': object({}),
  'clusterrolebindings.rbac.authorization.k8s.io': object({ roleRef: embedded(atomic) }),
  'rolebindings.rbac.authorization.k8s.io': object({ roleRef: embedded(atomic) }),
  'leases.coordination.k8s.io': object({ spec: struct }),
  'customresourcedefinitions.apiextensions.k8s.io': object({
    spec: embedded(members({ names: struct })),
    status: embedded(members({ conditions, acceptedNames: struct })),
  }),
};

/** Of a resource with nothing special but its metadata. */
export const plainSchema: FieldSchema = object({});

const specSchema: FieldSchema = object({ spec: struct, status: struct });

export function builtInSchema(typeId: string): FieldSchema {
  return schemas[typeId] ?? specSchema;
}
