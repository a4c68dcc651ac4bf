import { byMember, schemaOfMember, type FieldSchema } from '../fields/field-schema.ts';
import { isList, isObject, sameJson, type Json, type JsonObject } from '../json/json.ts';
import { listAt, textAt, textsAt, without } from '../json/json-path.ts';

/** Kubernetes' own patch: lists with a merge key merge by it, with `$patch`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…`. */
export function strategicMergePatch(schema: FieldSchema, target: Json | undefined, patch: Json): Json {
  return isObject(patch) ? patchObject(schema, isObject(target) ? target : {}, patch) : patch;
}

function patchObject(schema: FieldSchema, target: JsonObject, patch: JsonObject): JsonObject {
  const directive = textAt(patch, '$patch');
  if (directive === 'replace') return without(patch, '$patch');
  if (directive === 'delete') return {};

  const result = new Map<string, Json>(Object.entries(retained(target, patch)));
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$')) continue;
    if (value === null) result.delete(name);
    else result.set(name, patchMember(schemaOfMember(schema, name), result.get(name), value));
  }
  for (const [name, value] of result) result.set(name, listDirectives({ schema, patch, name }, value));
  return Object.fromEntries(result);
}

function retained(target: JsonObject, patch: JsonObject): JsonObject {
  if (!Object.hasOwn(patch, '$retainKeys')) return target;
  const keys = textsAt(patch, '$retainKeys');
  return without(target, ...Object.keys(target).filter((key) => !keys.includes(key)));
}

function patchMember(schema: FieldSchema, target: Json | undefined, value: Json): Json {
  if (isList(value)) return patchList(schema, isList(target) ? target : [], value);
  // Here atomic objects merge too: a strategic merge patch replaces an object only when it says so.
  return isObject(value) ? patchObject(schema, isObject(target) ? target : {}, value) : value;
}

function patchList(schema: FieldSchema, target: readonly Json[], patch: readonly Json[]): Json {
  if (schema.kind === 'set') return [...target, ...patch.filter((item) => !target.some((other) => sameJson(other, item)))];
  const key = mergeKey(schema);
  if (key === undefined) return patch;
  if (patch.some((item) => textAt(item, '$patch') === 'replace')) return patch.filter((item) => textAt(item, '$patch') !== 'replace');
  return patch.reduce<readonly Json[]>((list, item) => patchItem(schema, list, { item, key }), target);
}

function patchItem(
  schema: FieldSchema,
  list: readonly Json[],
  { item, key }: { readonly item: Json; readonly key: string },
): readonly Json[] {
  if (!isObject(item)) return [...list, item];
  const same = (other: Json): boolean => isObject(other) && sameJson(other[key], item[key]);
  if (textAt(item, '$patch') === 'delete') return list.filter((other) => !same(other));
  const position = list.findIndex(same);
  const merged = strategicMergePatch(schema.items ?? byMember, list[position], item);
  return position < 0 ? [...list, merged] : list.with(position, merged);
}

/** Unlike server-side apply, this patch merges by one key: a container port by its number, whatever its protocol. */
function mergeKey(schema: FieldSchema): string | undefined {
  return schema.kind === 'keyed-list' ? schema.keys?.[0] : undefined;
}

interface Directed {
  readonly schema: FieldSchema;
  readonly patch: JsonObject;
  readonly name: string;
}

function listDirectives({ schema, patch, name }: Directed, value: Json): Json {
  if (!isList(value)) return value;
  const deleted = listAt(patch, `$deleteFromPrimitiveList/${name}`);
  const left = value.filter((item) => !deleted.some((gone) => sameJson(gone, item)));
  const order = listAt(patch, `$setElementOrder/${name}`);
  return order.length === 0 ? left : ordered(left, order, mergeKey(schemaOfMember(schema, name)));
}

/** Items in the order given; the others after the neighbour that they followed. */
function ordered(list: readonly Json[], order: readonly Json[], key: string | undefined): readonly Json[] {
  const identity = (item: Json): Json => (key !== undefined && isObject(item) ? (item[key] ?? null) : item);
  const rank = (item: Json): number => order.findIndex((wanted) => sameJson(identity(wanted), identity(item)));
  let last = -1;
  const ranked = list.map((item) => {
    const own = rank(item);
    last = own < 0 ? last : own;
    return { item, rank: last };
  });
  return ranked.sort((left, right) => left.rank - right.rank).map(({ item }) => item);
}
