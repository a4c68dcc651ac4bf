import { isList, isObject, type Json, type JsonObject } from '../json/json.ts';
import { mergeOrder } from './merge-order.ts';
import { byMember, itemsByKey, schemaOfMember, type FieldSchema } from './field-schema.ts';

/** `live` with everything that `applied` sets. */
export function mergeApplied(schema: FieldSchema, live: Json | undefined, applied: Json): Json {
  if (schema.kind === 'atomic' || live === undefined) return applied;
  if (isObject(live) && isObject(applied)) return mergeMembers(schema, live, applied);
  if (isList(live) && isList(applied) && schema.kind !== 'members') return mergeItems(schema, live, applied);
  return applied;
}

function mergeMembers(schema: FieldSchema, live: JsonObject, applied: JsonObject): JsonObject {
  const merged = Object.entries(applied).map(
    ([name, value]) => [name, mergeApplied(schemaOfMember(schema, name), live[name], value)] as const,
  );
  return { ...live, ...Object.fromEntries(merged) };
}

function mergeItems(schema: FieldSchema, live: readonly Json[], applied: readonly Json[]): Json {
  const present = itemsByKey(schema, live);
  const wanted = itemsByKey(schema, applied);
  if (present === undefined || wanted === undefined) return applied;
  return mergeOrder([...present.keys()], [...wanted.keys()]).map((key) => {
    const item = wanted.get(key);
    return item === undefined ? (present.get(key) ?? null) : mergeApplied(schema.items ?? byMember, present.get(key), item);
  });
}
