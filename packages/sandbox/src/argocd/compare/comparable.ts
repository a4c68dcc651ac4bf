import { at, isJsonObject, objectAt, without, type Json, type JsonObject } from '../../json/json.ts';
import { annotationsOf, annotationOf, groupOf, isKubeObject, withMetadata, type KubeObject } from '../../kube/kube-object.ts';
import { parseJson } from '../../json/json.ts';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

const builtInGroups = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'scheduling.k8s.io',
  'discovery.k8s.io',
  'coordination.k8s.io',
  'admissionregistration.k8s.io',
]);

export function isBuiltIn({ apiVersion }: KubeObject): boolean {
  return builtInGroups.has(groupOf(apiVersion));
}

const serverFields = ['managedFields', 'creationTimestamp', 'resourceVersion', 'uid', 'generation', 'selfLink'];

/** An object as far as it is compared: without status, without what the server keeps, a Secret's `stringData` as `data`. */
export function comparable(object: KubeObject): KubeObject {
  const annotations = without(annotationsOf(object), lastAppliedAnnotation);
  const metadata = without(object.metadata, ...serverFields, 'annotations');
  const kept = withMetadata(object, Object.keys(annotations).length === 0 ? metadata : { ...metadata, annotations });
  return secretAsData(withoutStatus(kept));
}

function withoutStatus(object: KubeObject): KubeObject {
  const stripped = without(object, 'status');
  return isKubeObject(stripped) ? stripped : object;
}

function secretAsData(object: KubeObject): KubeObject {
  const clear = at(object, 'stringData');
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1' || !isJsonObject(clear)) return object;
  const encoded = Object.fromEntries(Object.entries(clear).map(([key, value]) => [key, base64(value)]));
  const stripped: JsonObject = { ...without(object, 'stringData'), data: { ...objectAt(object, 'data'), ...encoded } };
  return isKubeObject(stripped) ? stripped : object;
}

function base64(value: Json): string {
  return Buffer.from(typeof value === 'string' ? value : '').toString('base64');
}

/** What was applied last by a client-side apply, if the object says so. */
export function lastApplied(live: KubeObject): KubeObject | undefined {
  const text = annotationOf(live, lastAppliedAnnotation);
  if (text === undefined) return undefined;
  try {
    const object = parseJson(text);
    return isKubeObject(object) ? object : undefined;
  } catch {
    return undefined;
  }
}
