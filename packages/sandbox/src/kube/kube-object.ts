import { at, isJsonObject, listAt, objectAt, textAt, type Json, type JsonObject } from '../json/json.ts';

/** An object as the Kubernetes API returns it. */
export type KubeObject = JsonObject & { readonly apiVersion: string; readonly kind: string; readonly metadata: JsonObject };

/** What an object is, whatever its version. */
export interface ResourceKey {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export function isKubeObject(value: Json | undefined): value is KubeObject {
  return (
    isJsonObject(value) &&
    textAt(value, 'apiVersion') !== undefined &&
    textAt(value, 'kind') !== undefined &&
    isJsonObject(at(value, 'metadata'))
  );
}

/** One object of an API answer. */
export function asObject(json: Json): KubeObject {
  if (!isKubeObject(json)) throw new Error('the answer holds no object');
  return json;
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

export function nameOf(object: KubeObject): string {
  return textAt(object.metadata, 'name') ?? '';
}

export function namespaceOf(object: KubeObject): string {
  return textAt(object.metadata, 'namespace') ?? '';
}

export function uidOf(object: KubeObject): string {
  return textAt(object.metadata, 'uid') ?? '';
}

export function annotationsOf(object: KubeObject): JsonObject {
  return objectAt(object.metadata, 'annotations');
}

export function annotationOf(object: KubeObject, name: string): string | undefined {
  return textAt(annotationsOf(object), name);
}

export function ownerUidsOf(object: KubeObject): readonly string[] {
  return listAt(object.metadata, 'ownerReferences').flatMap((owner) => textAt(owner, 'uid') ?? []);
}

export function keyOf(object: KubeObject): ResourceKey {
  return { group: groupOf(object.apiVersion), kind: object.kind, namespace: namespaceOf(object), name: nameOf(object) };
}

/** A key as text, for maps and for ordering: Argo CD lists resources in this order. */
export function keyText({ group, kind, namespace, name }: ResourceKey): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

export function withMetadata(object: KubeObject, metadata: JsonObject): KubeObject {
  return { ...object, metadata };
}

export function withAnnotation(object: KubeObject, name: string, value: string): KubeObject {
  return withMetadata(object, { ...object.metadata, annotations: { ...annotationsOf(object), [name]: value } });
}

/** An object's age in writes. Opaque by contract, but every server counts, and a client that writes and watches has to compare. */
export function writeOrder(object: KubeObject): number {
  return Number(textAt(object.metadata, 'resourceVersion') ?? 0);
}
