import { textOf, type Bytes } from '../bytes/bytes.ts';
import { Refusal } from '../refusal.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

const deepest = 64;

/** The JCS form (RFC 8785). Refuses what JSON has no one form for: lone surrogates, numbers that aren't finite, and nesting without end. */
export function canonicalText(value: unknown, depth = 0): string {
  if (depth > deepest) throw new Refusal('json-too-deep', `JSON is nested deeper than ${String(deepest)}`);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return canonicalObject(value, depth);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Refusal('json-not-canonical', 'a number is out of range');
  return JSON.stringify(value);
}

function canonicalObject(value: object, depth: number): string {
  const fields = new Map<string, unknown>(Object.entries(value));
  // Code units, not code points: RFC 8785, section 3.2.3.
  const names = [...fields.keys()].sort();
  return `{${names.map((name) => `${canonicalString(name)}:${canonicalText(fields.get(name), depth + 1)}`).join(',')}}`;
}

/** `\p{Surrogate}` with the `u` flag matches lone ones alone. */
const loneSurrogate = /\p{Surrogate}/u;

function canonicalString(text: string): string {
  if (loneSurrogate.test(text)) throw new Refusal('json-not-canonical', 'a string holds a lone surrogate');
  return JSON.stringify(text);
}

/** JSON that is its own JCS form, byte for byte: no name twice, no other order, spelling or space. */
export function parseCanonicalJson(bytes: Bytes): Json {
  const text = textOf(bytes);
  const value = parsed(text);
  if (canonicalText(value) !== text) throw new Refusal('json-not-canonical', 'the JSON is not in its canonical form (RFC 8785)');
  return value;
}

/** JSON that people may lay out as they like; a name that stands twice is refused here too. */
export function parseLooseJson(text: string): Json {
  const value = parsed(text);
  canonicalText(value);
  const compact = text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ''));
  if (JSON.stringify(value) !== compact)
    throw new Refusal('json-ambiguous', 'the JSON names a field twice, or spells a value in an unusual way');
  return value;
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (isJson(value)) return value;
  } catch {
    // Said below.
  }
  throw new Refusal('not-json', 'not JSON');
}

/** What JSON.parse gives is JSON; this says so to the compiler. */
function isJson(value: unknown): value is Json {
  return value === null || ['boolean', 'number', 'string', 'object'].includes(typeof value);
}
