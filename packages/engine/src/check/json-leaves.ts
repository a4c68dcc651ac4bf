import type { Json, JsonPath, Leaf } from '@fairlead/domain';

/** The leaves of a value. */
export function jsonLeaves(value: Json, path: JsonPath = []): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const entries: readonly (readonly [string | number, Json])[] = isList(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([step, part]) => jsonLeaves(part, [...path, step]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
