import { isList, isObject, type Json, type JsonObject } from '../json/json.ts';

export interface OwnerReference extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

interface ObjectMeta extends JsonObject {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly namespace?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly deletionTimestamp?: string;
}

/** An object as the store holds it: complete metadata, whatever else. */
export interface KubeObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

export function isKubeObject(value: Json): value is KubeObject {
  if (!isObject(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string') return false;
  return metadataFault(value['metadata']) === undefined && hasIdentity(value['metadata']);
}

function hasIdentity(metadata: Json | undefined): boolean {
  if (!isObject(metadata)) return false;
  return ['name', 'uid', 'resourceVersion', 'creationTimestamp'].every((key) => typeof metadata[key] === 'string');
}

/** What is wrong with the shape of metadata that a client sent, in the words of the real server's decoder. */
export function metadataFault(metadata: Json | undefined): string | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (!isObject(metadata)) return unmarshal(metadata, 'metadata', 'v1.ObjectMeta');
  for (const key of ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'deletionTimestamp']) {
    const value = metadata[key] ?? '';
    if (typeof value !== 'string') return unmarshal(value, `metadata.${key}`, 'string');
  }
  return textMapFault(metadata, 'labels') ?? textMapFault(metadata, 'annotations') ?? listFault(metadata);
}

function textMapFault(metadata: JsonObject, key: string): string | undefined {
  const map = metadata[key] ?? {};
  if (!isObject(map)) return unmarshal(map, `metadata.${key}`, 'map[string]string');
  const bad = Object.values(map).find((value) => typeof value !== 'string');
  return bad === undefined ? undefined : unmarshal(bad, `metadata.${key}`, 'string');
}

function listFault(metadata: JsonObject): string | undefined {
  const finalizers = metadata['finalizers'] ?? [];
  if (!isList(finalizers) || finalizers.some((item) => typeof item !== 'string')) {
    return unmarshal(finalizers, 'metadata.finalizers', '[]string');
  }
  const owners = metadata['ownerReferences'] ?? [];
  if (!isList(owners) || !owners.every(isOwnerReference)) return unmarshal(owners, 'metadata.ownerReferences', '[]v1.OwnerReference');
  return undefined;
}

function isOwnerReference(value: Json): value is OwnerReference {
  return isObject(value) && ['apiVersion', 'kind', 'name', 'uid'].every((key) => typeof value[key] === 'string');
}

function unmarshal(value: Json, field: string, type: string): string {
  const found = isList(value) ? 'array' : value === null ? 'null' : typeof value;
  return `json: cannot unmarshal ${found} into Go struct field .${field} of type ${type}`;
}

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner['controller'] === true);
}

export function controllerReference(owner: KubeObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}
