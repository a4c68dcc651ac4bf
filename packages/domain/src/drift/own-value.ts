import type { Json, JsonObject } from '../document/json.ts';

/** A map's own value. Objects are somebody's, and may hold `constructor` or `__proto__`; asking `Object.hasOwn` each time would double the cost of a comparison. */
export function ownValue(map: JsonObject, key: string): Json | undefined {
  const value = map[key];
  if (value === undefined || (typeof value !== 'function' && key !== '__proto__')) return value;
  return Object.hasOwn(map, key) ? value : undefined;
}

export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
