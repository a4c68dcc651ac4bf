import { isObject, type Json, type JsonObject } from '../json/json.ts';

/** A set of field paths, as a tree of `FieldsV1` path elements (`f:spec`, `k:{"name":"web"}`). */
export interface FieldSet {
  /** Whether the path to here is itself in the set. */
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const noFields: FieldSet = { member: false, children: new Map() };
export const thisField: FieldSet = { member: true, children: new Map() };

export function isEmpty(set: FieldSet): boolean {
  return !set.member && set.children.size === 0;
}

/** Drops branches without members. */
export function fieldSet(member: boolean, children: Iterable<readonly [string, FieldSet]>): FieldSet {
  return { member, children: new Map([...children].filter(([, child]) => !isEmpty(child))) };
}

export function union(left: FieldSet, right: FieldSet): FieldSet {
  if (isEmpty(left)) return right;
  if (isEmpty(right)) return left;
  const children = new Map(left.children);
  for (const [key, child] of right.children) children.set(key, union(children.get(key) ?? noFields, child));
  return { member: left.member || right.member, children };
}

export function unionOf(sets: Iterable<FieldSet>): FieldSet {
  let all = noFields;
  for (const set of sets) all = union(all, set);
  return all;
}

export function difference(left: FieldSet, right: FieldSet): FieldSet {
  const children = [...left.children].map(([key, child]) => [key, difference(child, right.children.get(key) ?? noFields)] as const);
  return fieldSet(left.member && !right.member, children);
}

export function intersection(left: FieldSet, right: FieldSet): FieldSet {
  const children = [...left.children].map(([key, child]) => [key, intersection(child, right.children.get(key) ?? noFields)] as const);
  return fieldSet(left.member && right.member, children);
}

/** `left` without the branches under the members of `right`. */
export function withoutBranches(left: FieldSet, right: FieldSet): FieldSet {
  if (right.member) return noFields;
  const children = [...left.children].map(([key, child]) => [key, withoutBranches(child, right.children.get(key) ?? noFields)] as const);
  return fieldSet(left.member, children);
}

export function sameFields(left: FieldSet, right: FieldSet): boolean {
  return (
    left.member === right.member &&
    left.children.size === right.children.size &&
    [...left.children].every(([key, child]) => sameFields(child, right.children.get(key) ?? noFields))
  );
}

export function toFieldsV1(set: FieldSet): JsonObject {
  const children = [...set.children].sort(byKey).map(([key, child]) => [key, child.children.size === 0 ? {} : toFieldsV1(child)] as const);
  return { ...(set.member && { '.': {} }), ...Object.fromEntries(children) };
}

export function fromFieldsV1(fields: Json | undefined): FieldSet {
  if (!isObject(fields)) return noFields;
  const children = Object.entries(fields).filter(([key]) => key !== '.');
  const member = children.length === 0 || Object.hasOwn(fields, '.');
  return { member, children: new Map(children.map(([key, child]) => [key, fromFieldsV1(child)])) };
}

/** Every member as the API names fields in messages (`.spec.template.spec.containers[name="web"].image`), the nearest first. */
export function fieldPaths(set: FieldSet, prefix = ''): readonly string[] {
  const children = [...set.children].sort(byKey).map(([key, child]) => ({ path: prefix + pathElement(key), child }));
  const members = children.filter(({ child }) => child.member).map(({ path }) => path);
  return [...members, ...children.flatMap(({ path, child }) => fieldPaths(child, path))];
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function pathElement(key: string): string {
  if (key.startsWith('f:')) return `.${key.slice(2)}`;
  if (key.startsWith('v:')) return `[=${key.slice(2)}]`;
  const parsed: unknown = JSON.parse(key.slice(2));
  const pairs = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  return `[${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}
