import { isList } from '../document/is-list.ts';
import { jsonEquals } from '../document/json-equals.ts';
import { jsonPointer } from '../document/json-pointer.ts';
import type { Json, JsonObject } from '../document/json.ts';
import type { FieldChange } from './object-change.ts';

/** The smallest parts in which two values differ, in the order of the first. */
export function diffValues(before: Json | undefined, after: Json | undefined, path = ''): readonly FieldChange[] {
  if (before === undefined) return after === undefined ? [] : [{ path, after }];
  if (after === undefined) return [{ path, before }];
  if (jsonEquals(before, after)) return [];
  if (isMap(before) && isMap(after)) return diffMaps(before, after, path);
  if (isList(before) && isList(after)) return diffLists(before, after, path);
  return [{ path, before, after }];
}

function diffMaps(before: JsonObject, after: JsonObject, path: string): readonly FieldChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => diffValues(own(before, key), own(after, key), `${path}${jsonPointer([key])}`));
}

function own(map: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function diffLists(before: readonly Json[], after: readonly Json[], path: string): readonly FieldChange[] {
  const [named, renamed] = [byName(before), byName(after)];
  if (named === undefined || renamed === undefined) return diffByPlace(before, after, path);
  const names = new Set([...named.keys(), ...renamed.keys()]);
  const changes = [...names].flatMap((name) => diffValues(named.get(name), renamed.get(name), `${path}[name=${name}]`));
  // Equal elements in another order: only the whole list says so.
  return changes.length > 0 ? changes : [{ path, before, after }];
}

/** As Kubernetes merges containers, ports and variables: by name, where each element has one of its own. */
function byName(list: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const named = new Map<string, Json>();
  for (const element of list) {
    const name = isMap(element) ? element['name'] : undefined;
    if (typeof name !== 'string' || named.has(name)) return undefined;
    named.set(name, element);
  }
  return named;
}

/** Without the parts at both ends that are equal, so that an insertion isn't a change of all that follows. */
function diffByPlace(before: readonly Json[], after: readonly Json[], path: string): readonly FieldChange[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && same(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && same(before[before.length - 1 - end], after[after.length - 1 - end])) end += 1;
  const length = Math.max(before.length, after.length) - start - end;
  const places = Array.from({ length }, (_, index) => start + index);
  return places.flatMap((place) => {
    const one = place < before.length - end ? before[place] : undefined;
    const other = place < after.length - end ? after[place] : undefined;
    return diffValues(one, other, `${path}/${String(place)}`);
  });
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return one !== undefined && other !== undefined && jsonEquals(one, other);
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
