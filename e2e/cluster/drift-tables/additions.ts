import type { FieldPath, Json, JsonObject } from '@fairlead/domain';

/** A value that an object has and what was sent has not. */
export interface Addition {
  readonly path: FieldPath;
  readonly value: Json;
}

/**
 * What the server added to what was sent, down to single values; an empty structure counts as one. Of a list, elements beyond those that were
 * sent are added whole. Elements stand as `*`.
 */
export function additionsTo(sent: Json, got: Json, path: FieldPath = []): readonly Addition[] {
  if (isObject(sent) && isObject(got)) {
    return Object.entries(got).flatMap(([key, value]) => {
      const before = sent[key];
      return before === undefined || before === null ? leaves(value, [...path, key]) : additionsTo(before, value, [...path, key]);
    });
  }
  if (!isList(sent) || !isList(got)) return [];
  return got.flatMap((element, index) => {
    const before = sent[index];
    return before === undefined ? [{ path: [...path, '*'], value: element }] : additionsTo(before, element, [...path, '*']);
  });
}

function leaves(value: Json, path: FieldPath): readonly Addition[] {
  if (isList(value) && value.length > 0) return value.map((element) => ({ path: [...path, '*'], value: element }));
  const inner = isObject(value) ? Object.entries(value) : [];
  return inner.length === 0 ? [{ path, value }] : inner.flatMap(([key, part]) => leaves(part, [...path, key]));
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
