import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { isMap, ownValue } from './own-value.ts';
import type { ElementStep, PathStep } from './path-step.ts';

/** Who says that he wrote a field, by its entry in `managedFields`. */
export interface FieldOwner {
  readonly manager: string;
  readonly operation?: string;
  readonly subresource?: string;
  /** Of the manager's last write, not of this field; writes through `scale` have none. */
  readonly time?: string;
  /** It wrote the field itself, not only something in it. */
  readonly whole: boolean;
}

/** The owners of exactly this place: who writes a status may write annotations with it. Never throws, whatever `managedFields` holds. */
export function ownersOf(live: JsonObject, steps: readonly PathStep[]): readonly FieldOwner[] {
  const owners: FieldOwner[] = [];
  for (const entry of entriesOf(live)) {
    if (!isMap(entry)) continue;
    const node = nodeAt(ownValue(entry, 'fieldsV1'), steps);
    if (node !== undefined) owners.push({ ...entryOf(entry), whole: isWhole(node) });
  }
  return owners;
}

/** Who wrote the object first, as far as `managedFields` still say. */
export function creatorOf(live: JsonObject): FieldOwner | undefined {
  const writers = ownersOf(live, []);
  return writers.toSorted((one, other) => startOf(one) - startOf(other))[0];
}

function startOf({ time }: FieldOwner): number {
  return time === undefined ? Infinity : Date.parse(time);
}

function entriesOf(live: JsonObject): readonly Json[] {
  const metadata = ownValue(live, 'metadata');
  const entries = isMap(metadata) ? ownValue(metadata, 'managedFields') : undefined;
  return isList(entries) ? entries : [];
}

function entryOf(entry: JsonObject): Omit<FieldOwner, 'whole'> {
  const [operation, subresource, time] = [text(entry['operation']), text(entry['subresource']), text(entry['time'])];
  return {
    manager: text(entry['manager']),
    ...(operation === '' ? {} : { operation }),
    ...(subresource === '' ? {} : { subresource }),
    ...(Number.isNaN(Date.parse(time)) ? {} : { time }),
  };
}

function nodeAt(fields: Json | undefined, steps: readonly PathStep[]): JsonObject | undefined {
  let node = fields;
  for (const step of steps) {
    if (!isMap(node)) return undefined;
    node = typeof step === 'string' ? ownValue(node, `f:${step}`) : elementNode(node, step);
  }
  return isMap(node) ? node : undefined;
}

function isWhole(node: JsonObject): boolean {
  return Object.hasOwn(node, '.') || Object.keys(node).length === 0;
}

function elementNode(node: JsonObject, { keys, element, live }: ElementStep): Json | undefined {
  if (keys === undefined) return ownValue(node, `i:${String(live)}`);
  if (keys === 'value') return nodeOf(node, 'v:', element);
  if (!isMap(element)) return undefined;
  return nodeOf(node, 'k:', Object.fromEntries(keys.toSorted().map((key) => [key, ownValue(element, key) ?? null])));
}

/** By name and never by a search: a list has thousands of elements, and each may be asked for. */
function nodeOf(node: JsonObject, form: 'k:' | 'v:', value: Json): Json | undefined {
  const name = JSON.stringify(value);
  return ownValue(node, `${form}${name}`) ?? ownValue(node, `${form}${goSpelling(name)}`);
}

/** Go escapes letters that JSON.stringify leaves. */
function goSpelling(name: string): string {
  return name.replaceAll(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The keys that somebody says he wrote, of these maps. */
export function ownedKeys(live: JsonObject, maps: readonly string[]): readonly (readonly [field: string, key: string])[] {
  const keys = entriesOf(live).flatMap((entry) => {
    const fields = isMap(entry) ? ownValue(entry, 'fieldsV1') : undefined;
    return maps.flatMap((map) => {
      const node = isMap(fields) ? ownValue(fields, `f:${map}`) : undefined;
      return (isMap(node) ? Object.keys(node) : []).filter((key) => key.startsWith('f:')).map((key) => [map, key.slice(2)] as const);
    });
  });
  return [...new Map(keys.map((pair) => [pair.join('/'), pair])).values()];
}
