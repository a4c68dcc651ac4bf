import type { Json, JsonObject } from '@fairlead/domain';

/** Without false, empty and null values at any depth: the controller drops them, its writers may not. Items of lists keep their places. */
export function withoutEmpty(value: JsonObject): JsonObject {
  const kept = Object.entries(value)
    .map(([key, item]) => [key, normal(item)] as const)
    .filter(([, item]) => !isEmpty(item));
  return Object.fromEntries(kept);
}

function normal(value: Json): Json {
  if (isList(value)) return value.map(normal);
  return isObject(value) ? withoutEmpty(value) : value;
}

function isEmpty(value: Json): boolean {
  if (value === null || value === false || value === '') return true;
  if (isList(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** The same for `operation.sync`. There an empty strategy says something: `apply` runs no hooks, `hook` does, and no strategy means `hook`. */
export function normalSync(sync: JsonObject): JsonObject {
  const strategy = sync['syncStrategy'];
  const named = strategy !== undefined && isObject(strategy) ? Object.entries(strategy).filter(([, value]) => value !== null) : [];
  return {
    ...withoutEmpty(sync),
    syncStrategy: named.length === 0 ? { hook: {} } : Object.fromEntries(named.map(([key, value]) => [key, normal(value)])),
  };
}

export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === 'object' && Object.values(value).every(isJson);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
