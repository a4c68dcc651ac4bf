import { compareFields } from '../fields/compare-fields.ts';
import { ownersAfterUpdate, readOwners, writeOwners, type FieldOwner } from '../fields/field-owners.ts';
import { isObject, sameJson, type Json, type JsonObject } from '../json/json.ts';
import { at, listAt, textAt, withAt, without } from '../json/json-path.ts';
import { isKubeObject, type KubeObject } from '../resources/kube-object.ts';
import { apiVersionOf, type ResourceType } from '../resources/resource-type.ts';
import { validateObject } from '../validation/validate-object.ts';
import { timestamp, type Cluster, type Writer } from './cluster.ts';
import { badRequest, invalid } from './status-error.ts';

export type Subresource = 'status' | 'scale' | 'finalize';

export interface Owning {
  readonly cluster: Cluster;
  readonly type: ResourceType;
  readonly writer: Writer;
  readonly subresource?: Subresource;
}

/** The writer as an entry of managed fields. Entries of `scale` carry no time: so the real server records them. */
export function ownerEntry({ cluster, type, writer, subresource }: Owning, operation: FieldOwner['operation']): Omit<FieldOwner, 'fields'> {
  const entry = { manager: writer.manager, operation, apiVersion: apiVersionOf(type) };
  if (subresource === 'scale') return { ...entry, subresource };
  return { ...entry, time: timestamp(cluster.clock), ...(subresource !== undefined && { subresource }) };
}

/** `next` with the managed fields that this write leaves. */
export function withOwners(owning: Owning, next: JsonObject, current: JsonObject | undefined): JsonObject {
  const changes = compareFields(owning.type.schema, current ?? {}, next);
  const before = ownersBefore(owning, next, current);
  return withManagedFields(next, ownersAfterUpdate(before, changes, ownerEntry(owning, 'Update')));
}

export function withManagedFields(object: JsonObject, owners: readonly FieldOwner[]): JsonObject {
  const entries = writeOwners(owners);
  return withAt(object, ['metadata', 'managedFields'], entries.length === 0 ? undefined : entries);
}

/** A client may edit the managed fields, or clear them with one empty entry; leaving them out changes nothing. */
function ownersBefore({ subresource }: Owning, next: JsonObject, current: JsonObject | undefined): readonly FieldOwner[] {
  const asked = listAt(next, 'metadata', 'managedFields');
  const cleared = asked.length === 1 && sameJson(asked[0], {});
  if (cleared) return [];
  const edited = subresource === undefined && asked.length > 0;
  return readOwners(edited ? next : (current ?? {}));
}

export function nextGeneration(type: ResourceType, next: JsonObject, current: JsonObject): number | undefined {
  if (type.generation === 'never') return undefined;
  const before = at(current, 'metadata', 'generation');
  const generation = typeof before === 'number' ? before : 1;
  return sameJson(content(type, next), content(type, current)) ? generation : generation + 1;
}

function content(type: ResourceType, object: JsonObject): Json {
  if (type.generation === 'spec') return object['spec'] ?? null;
  return without(object, 'apiVersion', 'kind', 'metadata', ...(type.status ? ['status'] : []));
}

export function requireValid(type: ResourceType, object: JsonObject, current: JsonObject | undefined): void {
  const causes = validateObject(type, object, current);
  if (causes.length > 0) throw invalid(type, textAt(object, 'metadata', 'name') ?? '', causes);
}

/** Members that were never set: Go writes neither null nor an empty map of these. */
export function tidyMetadata(metadata: JsonObject): JsonObject {
  const empty = Object.entries(metadata).filter(([, value]) => value === null || value === '' || isEmptyCollection(value));
  return without(metadata, ...empty.map(([key]) => key));
}

function isEmptyCollection(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

export function asKubeObject(object: JsonObject): KubeObject {
  if (!isKubeObject(object)) throw badRequest('the object provided is unrecognized: it has no usable metadata');
  return object;
}
