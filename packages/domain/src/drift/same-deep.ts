import { isList } from '../document/is-list.ts';
import type { Json } from '../document/json.ts';
import { isMap } from './own-value.ts';

/** Equality of values however deep: without a call per level. */
export function isSameDeep(one: Json, other: Json): boolean {
  const left: (readonly [Json | undefined, Json | undefined])[] = [[one, other]];
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    const parts = partsOf(pair[0], pair[1]);
    if (parts === undefined) return false;
    for (const part of parts) left.push(part);
  }
  return true;
}

function partsOf(one: Json | undefined, other: Json | undefined): readonly (readonly [Json | undefined, Json | undefined])[] | undefined {
  if (one === other) return [];
  if (isList(one) && isList(other)) return one.length === other.length ? one.map((value, index) => [value, other[index]]) : undefined;
  if (!isMap(one) || !isMap(other)) return undefined;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length || !keys.every((key) => Object.hasOwn(other, key))) return undefined;
  return keys.map((key) => [one[key], other[key]]);
}
