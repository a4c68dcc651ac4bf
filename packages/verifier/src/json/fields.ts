import { Refusal } from '../refusal.ts';
import type { Json, JsonObject } from './canonical-json.ts';

/** Reads fields of foreign JSON, each by its own name and type; what isn't as expected is refused with its name. */

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function field(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function asObject(value: Json | undefined, name: string): JsonObject {
  if (isObject(value)) return value;
  throw wrong(name, 'an object');
}

export function objectAt(object: JsonObject, name: string): JsonObject {
  return asObject(field(object, name), name);
}

export function listAt(object: JsonObject, name: string): readonly Json[] {
  const value = field(object, name);
  if (isList(value)) return value;
  throw wrong(name, 'a list');
}

export function textAt(object: JsonObject, name: string): string {
  const value = field(object, name);
  if (typeof value === 'string') return value;
  throw wrong(name, 'text');
}

export function optionalTextAt(object: JsonObject, name: string): string | undefined {
  return field(object, name) === undefined ? undefined : textAt(object, name);
}

/** A count or a place: 0 or more, and small enough to be exact. */
export function countAt(object: JsonObject, name: string): number {
  const value = field(object, name);
  if (isCount(value)) return value;
  throw wrong(name, 'a number of 0 or more');
}

export function countsAt(object: JsonObject, name: string): readonly number[] {
  return listAt(object, name).map((item) => {
    if (isCount(item)) return item;
    throw wrong(name, 'a list of numbers of 0 or more');
  });
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function textsAt(object: JsonObject, name: string): readonly string[] {
  return listAt(object, name).map((item) => {
    if (typeof item === 'string') return item;
    throw wrong(name, 'a list of texts');
  });
}

/** No field but these. */
export function requireOnly(object: JsonObject, names: readonly string[], what: string): void {
  const other = Object.keys(object).find((name) => !names.includes(name));
  if (other !== undefined) throw new Refusal('field-unknown', `${what} has a field ${JSON.stringify(other)} that it must not have`);
}

const digestShape = /^sha256:[0-9a-f]{64}$/;
const timeShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function digestAt(object: JsonObject, name: string): string {
  const value = textAt(object, name);
  if (digestShape.test(value)) return value;
  throw wrong(name, 'a digest');
}

export function isDigest(value: string): boolean {
  return digestShape.test(value);
}

/** RFC 3339 in UTC with milliseconds, a day that exists. */
export function timeAt(object: JsonObject, name: string): string {
  const value = textAt(object, name);
  if (isTime(value)) return value;
  throw wrong(name, 'a time such as 2026-01-02T03:04:05.678Z');
}

function isTime(value: string): boolean {
  if (!timeShape.test(value)) return false;
  const time = new Date(value);
  return Number.isFinite(time.getTime()) && time.toISOString() === value;
}

function wrong(name: string, expected: string): Refusal {
  return new Refusal('field-wrong', `${name} is not ${expected}`);
}
