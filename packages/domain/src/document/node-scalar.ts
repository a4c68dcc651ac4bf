import { isScalar, type Scalar } from 'yaml';

export type Read<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'fault'; readonly because: string; readonly hint?: string };

type Plain = string | number | boolean | null;

/** A scalar as the schema wants it: as written where it wants text, else as YAML 1.2 core has it, if JSON can hold that. Nothing at all is never text. */
export function readScalar(node: Scalar, asText: boolean): Read<Plain> {
  const { value, source = '' } = node;
  if (typeof value === 'string') return readText(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') {
    return asText && value !== null ? { kind: 'value', value: source } : readNatural(value, source);
  }
  return { kind: 'fault', because: 'this has no form in JSON' };
}

function readText(value: string): Read<string> {
  if (value.includes('\0')) return { kind: 'fault', because: 'the text has a NUL character' };
  if (/\p{Surrogate}/u.test(value)) return { kind: 'fault', because: 'the text has half of a surrogate pair' };
  return { kind: 'value', value };
}

/** A whole number that a double can't hold would silently be another one. What JSON itself would print is held. */
function readNatural(value: number | boolean | null, source: string): Read<Plain> {
  if (typeof value !== 'number') return { kind: 'value', value };
  if (!Number.isFinite(value)) return { kind: 'fault', because: `${source} is no number in JSON` };
  const whole = /^[-+]?\d+$|^0[xo]/.test(source);
  if (!whole || Number.isSafeInteger(value) || String(value) === source) return { kind: 'value', value };
  return { kind: 'fault', because: `${source} can't be held exactly`, hint: `quote it: "${source}"` };
}

/** A field's name as written: `1`, `"1"` and `'1'` are the same name. */
export function readKey(node: unknown): Read<string> {
  if (!isScalar(node)) return { kind: 'fault', because: 'a name must be a plain or quoted text' };
  const read = readScalar(node, true);
  if (read.kind === 'fault') return read;
  if (typeof read.value !== 'string') return { kind: 'fault', because: 'expected a name, found nothing', hint: 'quote it if it is meant' };
  if (read.value === '<<') return { kind: 'fault', because: 'merge keys (<<) are not read', hint: 'write the fields out' };
  if (read.value === '__proto__') return { kind: 'fault', because: '__proto__ is no name' };
  return { kind: 'value', value: read.value };
}
