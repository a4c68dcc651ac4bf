import { isList, isObject, sameJson, type Json } from '../json/json.ts';
import { byMember, isDeclared, itemsByKey, membersOf, schemaOfMember, type FieldSchema } from './field-schema.ts';
import { fieldSet, noFields, thisField, type FieldSet } from './field-set.ts';

export interface FieldChanges {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

const nothing: FieldChanges = { added: noFields, modified: noFields, removed: noFields };

/** What differs between two values, by field. A field that appears with everything in it is added at each of its levels. */
export function compareFields(schema: FieldSchema, before: Json | undefined, after: Json | undefined): FieldChanges {
  if (before === after) return nothing;
  const left = parts(schema, before);
  const right = parts(schema, after);
  if (left === 'leaf' || right === 'leaf' || left.size + right.size === 0) return compareLeaf(before, after);

  const changes = [...new Set([...left.keys(), ...right.keys()])].map((key) => {
    const child = schemaOfPart(schema, key);
    return [key, compareFields(child, left.get(key), right.get(key))] as const;
  });
  return {
    added: fieldSet(
      before === undefined,
      changes.map(([key, { added }]) => [key, added]),
    ),
    modified: fieldSet(
      false,
      changes.map(([key, { modified }]) => [key, modified]),
    ),
    removed: fieldSet(
      after === undefined,
      changes.map(([key, { removed }]) => [key, removed]),
    ),
  };
}

function compareLeaf(before: Json | undefined, after: Json | undefined): FieldChanges {
  if (sameJson(before, after)) return nothing;
  if (before === undefined) return { ...nothing, added: thisField };
  if (after === undefined) return { ...nothing, removed: thisField };
  return { ...nothing, modified: thisField };
}

/** The fields that a value sets, for its applier to own. */
export function fieldsOf(schema: FieldSchema, value: Json): FieldSet {
  const found = parts(schema, value, { embed: false });
  if (found === 'leaf') return thisField;
  const inList = isList(value);
  const children = [...found].map(([key, child]) => {
    const fields = fieldsOf(schemaOfPart(schema, key), child);
    const empty = child === null || (isObject(child) && Object.keys(child).length === 0);
    const owned = inList || empty || !isDeclared(schema, key.slice(2));
    return [key, owned ? { ...fields, member: true } : fields] as const;
  });
  return fieldSet(false, children);
}

function schemaOfPart(schema: FieldSchema, key: string): FieldSchema {
  return key.startsWith('f:') ? schemaOfMember(schema, key.slice(2)) : (schema.items ?? byMember);
}

/** What a value is made of, by path element; a `leaf` is owned as a whole. */
function parts(schema: FieldSchema, value: Json | undefined, { embed } = { embed: true }): ReadonlyMap<string, Json> | 'leaf' {
  if (value === undefined) return new Map();
  if (schema.kind === 'atomic') return 'leaf';
  // Null stands where something may be: what comes into its place is new, the place is not.
  if (value === null) return new Map();
  if (schema.kind === 'members') return isObject(value) ? withEmbedded(schema, membersOf(value), embed) : 'leaf';
  return isList(value) ? (itemsByKey(schema, value) ?? 'leaf') : 'leaf';
}

function withEmbedded(schema: FieldSchema, found: ReadonlyMap<string, Json>, embed: boolean): ReadonlyMap<string, Json> {
  const missing = embed
    ? Object.entries(schema.fields ?? {}).filter(([name, field]) => field.embedded === true && !found.has(`f:${name}`))
    : [];
  return missing.length === 0
    ? found
    : new Map([
        ...found,
        ...missing.map(([name, field]) => [`f:${name}`, field.kind === 'keyed-list' || field.kind === 'set' ? [] : {}] as const),
      ]);
}
