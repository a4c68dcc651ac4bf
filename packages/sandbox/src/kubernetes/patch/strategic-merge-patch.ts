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
    const before = result.get(name);
    if (name.startsWith('$')) continue;
    if (value === null) result.delete(name);
    else result.set(name, before === undefined ? plain(value) : patchMember(schemaOfMember(schema, name), before, value));
  }
  for (const [name, value] of result) {
    if (isList(value)) result.set(name, arranged({ key: mergeKey(schemaOfMember(schema, name)), target, patch, name }, value));
  }
  return Object.fromEntries(result);
}

function retained(target: JsonObject, patch: JsonObject): JsonObject {
  if (!Object.hasOwn(patch, '$retainKeys')) return target;
  const keys = textsAt(patch, '$retainKeys');
  return without(target, ...Object.keys(target).filter((key) => !keys.includes(key)));
}

/** Where nothing is yet there is nothing to merge with: the value counts, what it would delete doesn't. */
function plain(value: Json): Json {
  if (isList(value)) return value.filter((item) => textAt(item, '$patch') !== 'delete').map(plain);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name, member]) => !name.startsWith('$') && member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, plain(member)]));
}

/** An item that is new to its list keeps even what it marks for deletion, without the mark. */
function undirected(value: Json): Json {
  if (isList(value)) return value.map(undirected);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !name.startsWith('$'));
  return Object.fromEntries(kept.map(([name, member]) => [name, undirected(member)]));
}

function patchMember(schema: FieldSchema, target: Json, value: Json): Json {
  if (isList(value)) return patchList(schema, isList(target) ? target : [], value);
  // Here atomic objects merge too: a strategic merge patch replaces an object only when it says so.
  return isObject(value) ? patchObject(schema, isObject(target) ? target : {}, value) : value;
}

function patchList(schema: FieldSchema, target: readonly Json[], patch: readonly Json[]): readonly Json[] {
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
  const same = (other: Json): boolean => sameJson(identity(key, other), identity(key, item));
  if (textAt(item, '$patch') === 'delete') return list.filter((other) => !same(other));
  const position = list.findIndex(same);
  const before = list[position];
  if (before === undefined) return [...list, undirected(item)];
  return list.with(position, strategicMergePatch(schema.items ?? byMember, before, item));
}

/** Unlike server-side apply, this patch merges by one key: a container port by its number, whatever its protocol. */
function mergeKey(schema: FieldSchema): string | undefined {
  if (schema.kind === 'set') return '';
  return schema.kind === 'keyed-list' ? schema.keys?.[0] : undefined;
}

function identity(key: string | undefined, item: Json): Json {
  return key !== undefined && isObject(item) ? (item[key] ?? null) : item;
}

interface Arranging {
  readonly key: string | undefined;
  readonly target: JsonObject;
  readonly patch: JsonObject;
  readonly name: string;
}

function arranged({ key, target, patch, name }: Arranging, list: readonly Json[]): readonly Json[] {
  const deleted = listAt(patch, `$deleteFromPrimitiveList/${name}`);
  const left = list.filter((item) => !deleted.some((gone) => sameJson(gone, item)));
  const said = listAt(patch, `$setElementOrder/${name}`);
  const order = said.length > 0 ? said : listAt(patch, name);
  return key === undefined || order.length === 0 ? left : interleaved(key, left, { order, live: listAt(target, name) });
}

interface Orders {
  /** Of the patch, which its items keep. */
  readonly order: readonly Json[];
  /** Of the live list, which decides where the other items go, as far as it knows both. */
  readonly live: readonly Json[];
}

function interleaved(key: string, list: readonly Json[], { order, live }: Orders): readonly Json[] {
  const place = (items: readonly Json[], item: Json): number =>
    items.findIndex((other) => sameJson(identity(key, other), identity(key, item)));
  const patched = list.filter((item) => place(order, item) >= 0).sort((left, right) => place(order, left) - place(order, right));
  const others = list.filter((item) => place(order, item) < 0);
  const result: Json[] = [];
  for (const other of others) {
    const isBefore = (item: Json): boolean => place(live, item) >= 0 && place(live, other) >= 0 && place(live, other) < place(live, item);
    const next = patched.findIndex(isBefore);
    result.push(...patched.splice(0, next < 0 ? patched.length : next), other);
  }
  return [...result, ...patched];
}
