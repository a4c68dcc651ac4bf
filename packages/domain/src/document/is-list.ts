import type { Json } from './json.ts';

/** `Array.isArray` doesn't narrow a readonly list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
