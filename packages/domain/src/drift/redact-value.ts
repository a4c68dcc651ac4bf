import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { isSecretInClear } from '../secrets/secret-in-clear.ts';
import { isMap } from './own-value.ts';

/** A value as it may be stored and shown. */
export interface RedactedValue {
  readonly value: Json;
  /** Something in it was replaced. */
  readonly redacted: boolean;
}

const deepest = 100;
const longestText = 8 * 1024;
const longestValue = 64 * 1024;

/** With a keyed hash for each text that looks like a secret, or is too long to keep: it is seen to change and never seen. `name` is what the value is called. */
export function redactValue(value: Json, name: string, hash: (text: string) => string): RedactedValue {
  let redacted = false;
  let left = longestValue;
  const scalar = (part: string | number, called: string): Json => {
    const text = String(part);
    const hidden = text.length > longestText || isSecretInClear(called, text);
    redacted ||= hidden;
    left -= hidden ? 0 : text.length;
    return hidden ? hash(text) : part;
  };
  const show = (part: Json, called: string, depth: number): Json => {
    if (depth > deepest || left < 0) return '(too long to show)';
    if (isList(part)) return part.map((element) => show(element, called, depth + 1));
    if (isMap(part))
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, show(inner, nameIn(part, key), depth + 1)]));
    return typeof part === 'string' || typeof part === 'number' ? scalar(part, called) : part;
  };
  const shown = show(value, name, 0);
  return { value: shown, redacted };
}

/** `{name: PASSWORD, value: x}` calls its value by its name. */
function nameIn(map: JsonObject, key: string): string {
  const { name } = map;
  return key === 'value' && typeof name === 'string' ? name : key;
}
