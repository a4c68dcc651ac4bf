import { isDeepStrictEqual } from 'node:util';

import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** The RFC 7386 patch that turns one object into another; empty when they are equal. Lists are replaced whole. */
export function mergePatch(from: JsonObject, to: JsonObject): JsonObject {
  const patch: Record<string, Json> = {};
  for (const key of Object.keys(from)) if (!(key in to)) patch[key] = null;
  for (const [key, after] of Object.entries(to)) {
    const before = from[key];
    if (isDeepStrictEqual(before, after)) continue;
    patch[key] = isJsonObject(before) && isJsonObject(after) ? mergePatch(before, after) : after;
  }
  return patch;
}

export function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}
