import { isObject, type Json, type JsonObject } from '../json/json.ts';
import { at, listAt, objectAt, textAt, textMapAt, withAt, withDefaults } from '../json/json-path.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { defaultCustomObject } from './default-custom-object.ts';
import { dropEmpty } from './drop-empty.ts';
import { defaultPod, defaultPodTemplate, eachItem } from './pod-defaults.ts';
import { defaultService } from './service-defaults.ts';
import {
  defaultCronJob,
  defaultDaemonSet,
  defaultDeployment,
  defaultJob,
  defaultReplicaSet,
  defaultStatefulSet,
} from './workload-defaults.ts';

type Default = (object: JsonObject) => JsonObject;

const rbac = 'rbac.authorization.k8s.io';

const defaults: Readonly<Record<string, Default>> = {
  'deployments.apps': defaultDeployment,
  'statefulsets.apps': defaultStatefulSet,
  'daemonsets.apps': defaultDaemonSet,
  'replicasets.apps': defaultReplicaSet,
  'jobs.batch': defaultJob,
  'cronjobs.batch': defaultCronJob,
  'pods.': defaultPod,
  'podtemplates.': defaultPodTemplate,
  'services.': defaultService,
  'secrets.': defaultSecret,
  'namespaces.': defaultNamespace,
  'persistentvolumeclaims.': (object) => spec(object, { volumeMode: 'Filesystem' }),
  'horizontalpodautoscalers.autoscaling': defaultAutoscaler,
  'networkpolicies.networking.k8s.io': defaultNetworkPolicy,
  'customresourcedefinitions.apiextensions.k8s.io': defaultDefinition,
  'storageclasses.storage.k8s.io': (object) => withDefaults(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  [`rolebindings.${rbac}`]: defaultBinding,
  [`clusterrolebindings.${rbac}`]: defaultBinding,
};

/** What the API server makes of an object before it validates and stores it. */
export function defaultObject({ id, origin, openApi }: Pick<ResourceType, 'id' | 'origin' | 'openApi'>, object: JsonObject): JsonObject {
  if (origin === 'definition') return openApi === undefined ? object : defaultCustomObject(openApi, object);
  const written = dropEmpty(object);
  return defaults[id]?.(written) ?? written;
}

function spec(object: JsonObject, values: JsonObject): JsonObject {
  return { ...object, spec: withDefaults(objectAt(object, 'spec'), values) };
}

function defaultSecret(secret: JsonObject): JsonObject {
  const { stringData, ...rest } = secret;
  const plain = Object.entries(textMapAt(stringData)).map(([key, text]) => [key, Buffer.from(text).toString('base64')] as const);
  const data: Json = { ...objectAt(rest, 'data'), ...Object.fromEntries(plain) };
  return { ...withDefaults(rest, { type: 'Opaque' }), ...(plain.length > 0 && { data }) };
}

function defaultNamespace(namespace: JsonObject): JsonObject {
  const labels = {
    ...objectAt(namespace, 'metadata', 'labels'),
    'kubernetes.io/metadata.name': textAt(namespace, 'metadata', 'name') ?? '',
  };
  return withAt(namespace, ['metadata', 'labels'], labels);
}

function defaultAutoscaler(autoscaler: JsonObject): JsonObject {
  const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } };
  const defaulted = spec(autoscaler, { minReplicas: 1, metrics: [cpu] });
  const behavior = at(defaulted, 'spec', 'behavior');
  if (!isObject(behavior)) return defaulted;
  const scaleUp = withDefaults(objectAt(behavior, 'scaleUp'), { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: upPolicies });
  const scaleDown = withDefaults(objectAt(behavior, 'scaleDown'), { selectPolicy: 'Max', policies: downPolicies });
  return withAt(defaulted, ['spec', 'behavior'], { ...behavior, scaleUp, scaleDown });
}

const downPolicies = [{ type: 'Percent', value: 100, periodSeconds: 15 }];
const upPolicies = [{ type: 'Pods', value: 4, periodSeconds: 15 }, ...downPolicies];

function defaultNetworkPolicy(policy: JsonObject): JsonObject {
  const egress = listAt(policy, 'spec', 'egress').length > 0;
  const rules = { podSelector: {}, policyTypes: egress ? ['Ingress', 'Egress'] : ['Ingress'] };
  const tcp = (port: JsonObject): JsonObject => withDefaults(port, { protocol: 'TCP' });
  const defaulted = withDefaults(objectAt(policy, 'spec'), rules);
  const ported = ['ingress', 'egress'].reduce((object, side) => eachItem(object, side, (rule) => eachItem(rule, 'ports', tcp)), defaulted);
  return { ...policy, spec: ported };
}

function defaultDefinition(definition: JsonObject): JsonObject {
  const kind = textAt(definition, 'spec', 'names', 'kind') ?? '';
  const names = withDefaults(objectAt(definition, 'spec', 'names'), { singular: kind.toLowerCase(), listKind: `${kind}List` });
  const defaulted = withDefaults(objectAt(definition, 'spec'), { conversion: { strategy: 'None' } });
  return { ...definition, spec: { ...defaulted, names } };
}

function defaultBinding(binding: JsonObject): JsonObject {
  const subject = (item: JsonObject): JsonObject =>
    textAt(item, 'kind') === 'ServiceAccount' ? item : withDefaults(item, { apiGroup: rbac });
  const named = { ...binding, roleRef: withDefaults(objectAt(binding, 'roleRef'), { apiGroup: rbac }) };
  return eachItem(named, 'subjects', subject);
}
