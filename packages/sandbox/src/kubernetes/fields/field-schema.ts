import { isObject, type Json, type JsonObject } from '../json/json.ts';

/** How a value merges and who can own a part of it. Says only what differs from the rule: objects by member, lists as a whole. */
export interface FieldSchema {
  readonly kind: 'members' | 'atomic' | 'keyed-list' | 'set';
  /** `members`: what is known of them by name. */
  readonly fields?: Readonly<Record<string, FieldSchema>>;
  /** `keyed-list`: of each item. `members`: of members not in `fields`. */
  readonly items?: FieldSchema;
  readonly keys?: readonly string[];
  readonly keyDefaults?: Readonly<Record<string, Json>>;
  /** `members`: anything may be in it, so each member is a thing of its own. */
  readonly free?: boolean;
  /** A Go value that is written even when empty: the server sees it wherever its parent is, so nobody is recorded as having added it. */
  readonly embedded?: boolean;
}

export const byMember: FieldSchema = { kind: 'members' };
/** What a definition leaves open. */
export const freeMembers: FieldSchema = { kind: 'members', free: true };
export const atomic: FieldSchema = { kind: 'atomic' };
export const setOfScalars: FieldSchema = { kind: 'set' };

export function members(fields: Readonly<Record<string, FieldSchema>>): FieldSchema {
  return { kind: 'members', fields };
}

export function embedded(schema: FieldSchema): FieldSchema {
  return { ...schema, embedded: true };
}

export function keyedList(
  keys: readonly string[],
  items: FieldSchema = byMember,
  keyDefaults: Readonly<Record<string, Json>> = {},
): FieldSchema {
  return { kind: 'keyed-list', keys, items, keyDefaults };
}

export function schemaOfMember(schema: FieldSchema, name: string): FieldSchema {
  return schema.fields?.[name] ?? schema.items ?? (schema.free === true ? freeMembers : byMember);
}

/** Whether a member is a field of a known structure, rather than an entry of a map that may hold anything. */
export function isDeclared({ free = false, items, fields = {} }: FieldSchema, name: string): boolean {
  return (!free && items === undefined) || Object.hasOwn(fields, name);
}

/** The list item's key as `FieldsV1` writes it, or undefined for an item without one. */
export function itemKey(schema: FieldSchema, item: Json): string | undefined {
  if (schema.kind === 'set') return `v:${JSON.stringify(item)}`;
  if (!isObject(item)) return undefined;
  const key: Record<string, Json> = {};
  for (const name of [...(schema.keys ?? [])].sort()) {
    const value = item[name] ?? schema.keyDefaults?.[name];
    if (value === undefined) return undefined;
    key[name] = value;
  }
  return `k:${JSON.stringify(key)}`;
}

/** List items by key; undefined when the list has an item without a key or two with the same, which then is one value as a whole. */
export function itemsByKey(schema: FieldSchema, list: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const items = new Map<string, Json>();
  for (const item of list) {
    const key = itemKey(schema, item);
    if (key === undefined || items.has(key)) return undefined;
    items.set(key, item);
  }
  return items;
}

export function membersOf(object: JsonObject): ReadonlyMap<string, Json> {
  return new Map(Object.entries(object).map(([name, value]) => [`f:${name}`, value]));
}
