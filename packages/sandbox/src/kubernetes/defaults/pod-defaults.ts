import { isObject, type Json, type JsonObject } from '../json/json.ts';
import { at, objectAt, objectsAt, textAt, withAt, withDefaults } from '../json/json-path.ts';

/** What the API server adds to a pod spec. It is part of a workload's desired state, so hashes and owners see it. */
function defaultPodSpec(spec: JsonObject): JsonObject {
  const account = textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount');
  const defaulted = withDefaults(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    ...(account !== undefined && { serviceAccountName: account, serviceAccount: account }),
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
  return eachItem(
    eachItem(eachItem(defaulted, 'containers', defaultContainer), 'initContainers', defaultContainer),
    'volumes',
    defaultVolume,
  );
}

/** A copy with every object in the list `name` changed; the same where there is no such list. */
export function eachItem(object: JsonObject, name: string, change: (item: JsonObject) => Json): JsonObject {
  const list = object[name];
  return Array.isArray(list) ? { ...object, [name]: list.map((item: Json) => (isObject(item) ? change(item) : item)) } : object;
}

function defaultContainer(container: JsonObject): JsonObject {
  const defaulted = withDefaults(container, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(textAt(container, 'image') ?? ''),
  });
  const listed = eachItem(
    eachItem(defaulted, 'ports', (port) => withDefaults(port, { protocol: 'TCP' })),
    'env',
    defaultVariable,
  );
  const probed = ['livenessProbe', 'readinessProbe', 'startupProbe'].reduce((object, name) => defaultProbe(object, name), listed);
  return ['postStart', 'preStop'].reduce((object, hook) => defaultHttpGet(object, ['lifecycle', hook]), probed);
}

function pullPolicy(image: string): string {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultVariable(variable: JsonObject): JsonObject {
  if (at(variable, 'valueFrom', 'fieldRef') === undefined) return variable;
  const fieldRef = withDefaults(objectAt(variable, 'valueFrom', 'fieldRef'), { apiVersion: 'v1' });
  return withAt(variable, ['valueFrom', 'fieldRef'], fieldRef);
}

function defaultProbe(container: JsonObject, name: string): JsonObject {
  const probe = container[name];
  if (!isObject(probe)) return container;
  const defaulted = withDefaults(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  const grpc = isObject(probe['grpc']) ? { grpc: withDefaults(probe['grpc'], { service: '' }) } : {};
  return { ...container, [name]: defaultHttpGet({ ...defaulted, ...grpc }, []) };
}

function defaultHttpGet(object: JsonObject, path: readonly string[]): JsonObject {
  const httpGet = at(object, ...path, 'httpGet');
  return isObject(httpGet) ? withAt(object, [...path, 'httpGet'], withDefaults(httpGet, { path: '/', scheme: 'HTTP' })) : object;
}

const fileMode = 0o644;

function defaultVolume(volume: JsonObject): JsonObject {
  if (Object.keys(volume).length === 1) return { ...volume, emptyDir: {} };
  const sources = ['configMap', 'secret', 'projected', 'downwardAPI'].filter((name) => isObject(volume[name]));
  const moded = sources.reduce((object, name) => {
    return withAt(object, [name], withDefaults(defaultFiles(objectAt(object, name)), { defaultMode: fileMode }));
  }, volume);
  return isObject(volume['hostPath']) ? withAt(moded, ['hostPath'], withDefaults(volume['hostPath'], { type: '' })) : moded;
}

const tokenSeconds = 3600;

/** The files of a volume, and those of each of its sources where it is projected from several. */
function defaultFiles(files: JsonObject): JsonObject {
  const named = eachItem(files, 'items', (item) => {
    return isObject(item['fieldRef']) ? { ...item, fieldRef: withDefaults(item['fieldRef'], { apiVersion: 'v1' }) } : item;
  });
  return eachItem(named, 'sources', (source) => {
    const downward = isObject(source['downwardAPI']) ? { ...source, downwardAPI: defaultFiles(source['downwardAPI']) } : source;
    const token = downward['serviceAccountToken'];
    return isObject(token) ? { ...downward, serviceAccountToken: withDefaults(token, { expirationSeconds: tokenSeconds }) } : downward;
  });
}

/** A pod itself, as opposed to a template of one: a limit without a request is a request, too. */
export function defaultPod(pod: JsonObject): JsonObject {
  const spec = withDefaults(defaultPodSpec(objectAt(pod, 'spec')), { enableServiceLinks: true });
  return { ...pod, spec: eachItem(eachItem(spec, 'containers', requestLimits), 'initContainers', requestLimits) };
}

function requestLimits(container: JsonObject): JsonObject {
  const limits = objectAt(container, 'resources', 'limits');
  if (Object.keys(limits).length === 0) return container;
  return withAt(container, ['resources', 'requests'], withDefaults(objectAt(container, 'resources', 'requests'), limits));
}

export function defaultPodTemplate(object: JsonObject): JsonObject {
  const template = object['template'];
  if (!isObject(template)) return object;
  return { ...object, template: { metadata: {}, ...template, spec: defaultPodSpec(objectAt(template, 'spec')) } };
}

/** Guaranteed, Burstable or BestEffort by the requests and limits of a pod's containers. */
export function qosClass(spec: JsonObject): string {
  const containers = objectsAt(spec, 'containers');
  const resources = containers.map((container) => objectAt(container, 'resources'));
  const amounts = resources.flatMap((resource) => [
    ...Object.keys(objectAt(resource, 'limits')),
    ...Object.keys(objectAt(resource, 'requests')),
  ]);
  if (amounts.length === 0) return 'BestEffort';
  const equal = (resource: JsonObject, name: string): boolean => {
    const limit = at(resource, 'limits', name);
    return limit !== undefined && (at(resource, 'requests', name) ?? limit) === limit;
  };
  const guaranteed = resources.every((resource) => equal(resource, 'cpu') && equal(resource, 'memory'));
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
