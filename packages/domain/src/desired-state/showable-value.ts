import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { isMap } from '../drift/own-value.ts';
import { isSecretInClear } from '../secrets/secret-in-clear.ts';
import { textSecrets } from '../secrets/text/text-secrets.ts';

/** What stands in place of a secret. */
export const hiddenValue = '(hidden)';

/** A value as a diff or a plan may show it: what looks like a secret is replaced, of a text of several lines only the lines that hold it. `name` is what
 *  the value is called. */
export function showableValue(value: Json, name: string): Json {
  if (isList(value)) return value.map((element) => showableValue(element, name));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, showableValue(inner, nameIn(value, key))]));
  if (typeof value === 'string') return value.includes('\n') ? showableLines(value) : showableText(value, name);
  return typeof value === 'number' && isSecretInClear(name, String(value)) ? hiddenValue : value;
}

/** `{name: PASSWORD, value: x}` calls its value by its name. */
function nameIn(map: JsonObject, key: string): string {
  const { name } = map;
  return key === 'value' && typeof name === 'string' ? name : key;
}

function showableText(text: string, name: string): string {
  return isSecretInClear(name, text) || textSecrets(text).length > 0 ? hiddenValue : text;
}

function showableLines(text: string): string {
  return withoutSecrets(text)
    .split('\n')
    .map((line) => (isSecretInClear('', line) ? `${/^\s*/.exec(line)?.[0] ?? ''}${hiddenValue}` : line))
    .join('\n');
}

/** A key runs over several lines, none of which tells. */
function withoutSecrets(text: string): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of textSecrets(text)) {
    shown += `${text.slice(at, start)}${hiddenValue}`;
    at = end;
  }
  return shown + text.slice(at);
}
