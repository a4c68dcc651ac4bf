import type { Json, JsonObject } from './json.ts';

/** Deep equality of two values; the order of keys says nothing, the order of lists does. Total, also where JCS has no form. */
export function jsonEquals(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (isList(one) || isList(other)) return isList(one) && isList(other) && listsEqual(one, other);
  return isObject(one) && isObject(other) && objectsEqual(one, other);
}

function listsEqual(one: readonly Json[], other: readonly Json[]): boolean {
  return one.length === other.length && one.every((item, index) => jsonEquals(item, other[index] ?? null));
}

function objectsEqual(one: JsonObject, other: JsonObject): boolean {
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && jsonEquals(one[key] ?? null, other[key] ?? null));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
