import type { Json } from '../document/json.ts';
import { isMap, ownValue } from './own-value.ts';
import type { ElementStep } from './path-step.ts';
import type { KeyedList } from './tables/object-schema.ts';

type List = readonly Json[];

/** Each element of either list once, with its partner where it has one; what is twice in a list is paired in order. `undefined` when an element can't be told
 *  from others: then the list is one value. */
export function keyedElements(desired: List, live: List, list: KeyedList): readonly ElementStep[] | undefined {
  return (
    inStep(desired, live, list) ??
    paired(desired, live, {
      keys: list.keys,
      keyOf: (element) => keyText(element, list),
      whole: (element) => (isMap(element) ? { ...list.defaults, ...element } : element),
    })
  );
}

export function setElements(desired: List, live: List): readonly ElementStep[] | undefined {
  return paired(desired, live, { keys: 'value', keyOf: valueText, whole: (element) => element });
}

/** The usual case, for a fifth of the cost: both lists hold the same elements in the same order. */
function inStep(desired: List, live: List, list: KeyedList): readonly ElementStep[] | undefined {
  if (desired.length !== live.length) return undefined;
  const steps: ElementStep[] = [];
  for (const [index, element] of live.entries()) {
    if (!haveSameKeys(desired[index], element, list)) return undefined;
    steps.push({ keys: list.keys, element, live: index, desired: index });
  }
  return steps;
}

function haveSameKeys(one: Json | undefined, other: Json, { keys, defaults = {} }: KeyedList): boolean {
  if (!isMap(one) || !isMap(other)) return false;
  for (const key of keys) {
    const value = ownValue(other, key) ?? ownValue(defaults, key);
    if (value === undefined || typeof value === 'object' || value !== (ownValue(one, key) ?? ownValue(defaults, key))) return false;
  }
  return true;
}

interface Telling {
  readonly keys: ElementStep['keys'];
  /** With the keys that it leaves to their defaults, so that it has one name. */
  readonly whole: (element: Json) => Json;
  readonly keyOf: (element: Json) => string | undefined;
}

function paired(desired: List, live: List, { keys, keyOf, whole }: Telling): readonly ElementStep[] | undefined {
  const waiting = placesByKey(live, keyOf);
  if (waiting === undefined) return undefined;
  const steps: ElementStep[] = [];
  for (const [index, element] of desired.entries()) {
    const key = keyOf(element);
    if (key === undefined) return undefined;
    const partner = waiting.get(key)?.shift() ?? -1;
    steps.push({ keys, element: live[partner] ?? whole(element), live: partner, desired: index });
  }
  for (const index of [...waiting.values()].flat()) steps.push({ keys, element: live[index] ?? null, live: index, desired: -1 });
  return steps;
}

function placesByKey(live: List, keyOf: Telling['keyOf']): ReadonlyMap<string, number[]> | undefined {
  const places = new Map<string, number[]>();
  for (const [index, element] of live.entries()) {
    const key = keyOf(element);
    if (key === undefined) return undefined;
    const others = places.get(key);
    if (others === undefined) places.set(key, [index]);
    else others.push(index);
  }
  return places;
}

function keyText(element: Json, { keys, defaults }: KeyedList): string | undefined {
  if (!isMap(element)) return undefined;
  let text = '';
  for (const key of keys) {
    const value = ownValue(element, key) ?? (defaults === undefined ? undefined : ownValue(defaults, key));
    if (value === undefined || typeof value === 'object') return undefined;
    text += `${typeof value} ${String(value)}\n`;
  }
  return text;
}

function valueText(element: Json): string | undefined {
  return typeof element === 'object' ? undefined : `${typeof element} ${String(element)}`;
}
