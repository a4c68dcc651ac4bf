import { isList, isObject, type Json, type JsonObject } from '../json/json.ts';
import { byMember, isDeclared, itemKey, schemaOfMember, type FieldSchema } from './field-schema.ts';
import { isEmpty, noFields, type FieldSet } from './field-set.ts';

export interface Pruning {
  /** What the applier set the last time. */
  readonly last: FieldSet;
  /** What it sets now, and what the others own. */
  readonly kept: FieldSet;
}

/**
 * `value` without what the applier no longer sets. A field of a structure goes, with everything in it that nobody owns, when no one
 * holds any part of it; an item of a list or map goes when no one holds the item itself, even if someone holds a part.
 */
export function pruneApplied(schema: FieldSchema, value: Json, pruning: Pruning): Json {
  if (isEmpty(pruning.last)) return value;
  if (isObject(value) && schema.kind === 'members') return pruneMembers(schema, value, pruning);
  if (isList(value) && (schema.kind === 'keyed-list' || schema.kind === 'set')) return pruneItems(schema, value, pruning);
  return value;
}

function pruneMembers(schema: FieldSchema, value: JsonObject, pruning: Pruning): JsonObject {
  const left = Object.entries(value).flatMap(([name, member]) => {
    const inner = below(pruning, `f:${name}`);
    const gone = isDeclared(schema, name) ? !isEmpty(inner.last) && isEmpty(inner.kept) : isDropped(inner);
    return gone ? [] : [[name, pruneApplied(schemaOfMember(schema, name), member, inner)] as const];
  });
  return Object.fromEntries(left);
}

function pruneItems(schema: FieldSchema, value: readonly Json[], pruning: Pruning): readonly Json[] {
  return value.flatMap((item) => {
    const inner = below(pruning, itemKey(schema, item) ?? '');
    return isDropped(inner) ? [] : [pruneApplied(schema.items ?? byMember, item, inner)];
  });
}

function isDropped({ last, kept }: Pruning): boolean {
  return last.member && !kept.member;
}

function below({ last, kept }: Pruning, key: string): Pruning {
  return { last: last.children.get(key) ?? noFields, kept: kept.children.get(key) ?? noFields };
}
