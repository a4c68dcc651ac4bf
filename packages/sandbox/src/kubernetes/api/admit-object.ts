import { createHash } from 'node:crypto';
import { eachItem, qosClass } from '../defaults/pod-defaults.ts';
import { initialStatus } from '../defaults/initial-status.ts';
import type { JsonObject } from '../json/json.ts';
import { flagAt, objectAt, objectsAt, textAt, textsAt, withAt, withDefaults } from '../json/json-path.ts';
import { safeText } from './ids.ts';

type Admit = (object: JsonObject) => JsonObject;

const admissions: Readonly<Record<string, Admit>> = {
  'pods.': admitPod,
  'jobs.batch': admitJob,
  'services.': admitService,
  'namespaces.': (object) => withAt(object, ['spec', 'finalizers'], ['kubernetes']),
  'persistentvolumeclaims.': admitClaim,
  'customresourcedefinitions.apiextensions.k8s.io': admitDefinition,
};

/** What the server decides about a new object after its fields have got their owner: so nobody owns these. */
export function admitObject(typeId: string, object: JsonObject): JsonObject {
  const status = initialStatus(typeId);
  const born = status === undefined ? object : { ...object, status };
  return admissions[typeId]?.(born) ?? born;
}

function admitClaim(claim: JsonObject): JsonObject {
  const finalizers = [...textsAt(claim, 'metadata', 'finalizers'), claimProtection];
  const spec = withDefaults(objectAt(claim, 'spec'), { storageClassName: 'standard' });
  return { ...withAt(claim, ['metadata', 'finalizers'], finalizers), spec };
}

/** Keeps a claim while a pod uses it. */
export const claimProtection = 'kubernetes.io/pvc-protection';

function admitDefinition(definition: JsonObject): JsonObject {
  const stored = objectsAt(definition, 'spec', 'versions').filter((version) => version['storage'] === true);
  const storedVersions = stored.map((version) => textAt(version, 'name') ?? '');
  return withAt(definition, ['status', 'storedVersions'], storedVersions);
}

const tolerations = ['not-ready', 'unreachable'].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

function admitPod(pod: JsonObject): JsonObject {
  const spec = withDefaults(objectAt(pod, 'spec'), {
    serviceAccountName: 'default',
    serviceAccount: 'default',
    tolerations,
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
  });
  return { ...pod, spec: withToken(spec, textAt(pod, 'metadata', 'uid') ?? ''), status: { phase: 'Pending', qosClass: qosClass(spec) } };
}

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';

const tokenSources = [
  { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
  { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
  { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
];

/** The service account's token, mounted into each container that has nothing else there. */
function withToken(spec: JsonObject, uid: string): JsonObject {
  if (spec['automountServiceAccountToken'] === false) return spec;
  const name = `kube-api-access-${safeText(uid.slice(0, 5))}`;
  const mount = { name, mountPath: tokenPath, readOnly: true };
  const mounted = (container: JsonObject): JsonObject => {
    const mounts = objectsAt(container, 'volumeMounts');
    const taken = mounts.some((other) => textAt(other, 'mountPath') === tokenPath);
    return taken ? container : { ...container, volumeMounts: [...mounts, mount] };
  };
  const volumes = [...objectsAt(spec, 'volumes'), { name, projected: { defaultMode: 0o644, sources: tokenSources } }];
  return { ...eachItem(eachItem(spec, 'containers', mounted), 'initContainers', mounted), volumes };
}

function admitJob(job: JsonObject): JsonObject {
  if (flagAt(job, 'spec', 'manualSelector')) return job;
  const uid = textAt(job, 'metadata', 'uid') ?? '';
  const name = textAt(job, 'metadata', 'name') ?? '';
  const labels = {
    ...objectAt(job, 'spec', 'template', 'metadata', 'labels'),
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const selected = withAt(job, ['spec', 'selector'], { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } });
  const labelled = withAt(selected, ['spec', 'template', 'metadata', 'labels'], labels);
  const own = objectAt(job, 'metadata', 'labels');
  return Object.keys(own).length > 0 ? labelled : withAt(labelled, ['metadata', 'labels'], labels);
}

function admitService(service: JsonObject): JsonObject {
  const spec = objectAt(service, 'spec');
  if (textAt(spec, 'type') === 'ExternalName') return service;
  const clusterIP = textAt(spec, 'clusterIP') ?? addressFor(textAt(service, 'metadata', 'uid') ?? '');
  const addressed = withDefaults(spec, { clusterIP, clusterIPs: [clusterIP], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' });
  return { ...service, spec: addressed };
}

/** An address of the service range by the object's uid: nothing connects to it, so two services may share one. */
function addressFor(uid: string): string {
  const [third = 0, fourth = 0] = createHash('sha256').update(uid).digest();
  return `10.96.${third.toString()}.${Math.max(1, fourth).toString()}`;
}

const allocated: Readonly<Record<string, readonly string[]>> = {
  'services.': ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'],
  'persistentvolumeclaims.': ['storageClassName', 'volumeName'],
  'pods.': ['nodeName', 'serviceAccountName', 'serviceAccount', 'tolerations', 'priority', 'preemptionPolicy'],
  'namespaces.': ['finalizers'],
};

/** An update that leaves out what the server decided keeps it. */
export function keepAdmitted(typeId: string, next: JsonObject, current: JsonObject): JsonObject {
  const names = allocated[typeId] ?? [];
  const before = objectAt(current, 'spec');
  const kept = names.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]] as const]));
  return kept.length === 0 ? next : { ...next, spec: withDefaults(objectAt(next, 'spec'), Object.fromEntries(kept)) };
}
