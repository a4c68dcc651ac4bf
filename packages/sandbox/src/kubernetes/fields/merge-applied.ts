import { isList, isObject, type Json, type JsonObject } from '../json/json.ts';
import { itemKey, itemsByKey, schemaOfMember, byMember, type FieldSchema } from './field-schema.ts';
import { isEmpty, noFields, type FieldSet } from './field-set.ts';

/** `live` with everything that `applied` sets. Keyed items keep their place; new ones come last. */
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
  const keys = [...new Set([...present.keys(), ...wanted.keys()])];
  return keys.map((key) => {
    const item = wanted.get(key);
    return item === undefined ? (present.get(key) ?? null) : mergeApplied(schema.items ?? byMember, present.get(key), item);
  });
}

/** `value` without the fields of `dropped`, except those that `kept` holds at or below. Undefined: nothing is left. */
export function removeFields(schema: FieldSchema, value: Json, { dropped, kept }: Removal): Json | undefined {
  if (dropped.member && isEmpty(kept)) return undefined;
  if (dropped.children.size === 0) return value;
  if (isObject(value) && schema.kind === 'members') return removeMembers(schema, value, { dropped, kept });
  if (isList(value) && (schema.kind === 'keyed-list' || schema.kind === 'set')) return removeItems(schema, value, { dropped, kept });
  return value;
}

interface Removal {
  readonly dropped: FieldSet;
  readonly kept: FieldSet;
}

function removeMembers(schema: FieldSchema, value: JsonObject, removal: Removal): JsonObject | undefined {
  const left = Object.entries(value).flatMap(([name, member]) => {
    const rest = removeFields(schemaOfMember(schema, name), member, below(removal, `f:${name}`));
    return rest === undefined ? [] : [[name, rest] as const];
  });
  // Go's `omitempty`: a map that lost its last member is not written.
  if (left.length === 0 && Object.keys(value).length > 0 && !removal.kept.member) return undefined;
  return Object.fromEntries(left);
}

function removeItems(schema: FieldSchema, value: readonly Json[], removal: Removal): readonly Json[] | undefined {
  const left = value.flatMap((item) => {
    const rest = removeFields(schema.items ?? byMember, item, below(removal, itemKey(schema, item) ?? ''));
    return rest === undefined ? [] : [rest];
  });
  return left.length === 0 && value.length > 0 && !removal.kept.member ? undefined : left;
}

function below({ dropped, kept }: Removal, key: string): Removal {
  return { dropped: dropped.children.get(key) ?? noFields, kept: kept.children.get(key) ?? noFields };
}
