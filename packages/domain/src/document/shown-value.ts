import { isList } from './is-list.ts';
import type { Json } from './json.ts';

const shownLength = 60;

/** A value as a message may show it: short, on one line, and nothing before an @, where a URL has its credentials. */
export function shownValue(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'object') return isList(value) ? 'a list' : 'a map';
  if (typeof value !== 'string') return String(value);
  const safe = value.replace(/^([a-z+]+:\/\/)?.*@(?!sha256:)/is, '$1…@');
  return JSON.stringify(safe.length > shownLength ? `${safe.slice(0, shownLength)}…` : safe);
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}
