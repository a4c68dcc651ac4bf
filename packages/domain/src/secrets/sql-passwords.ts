import type { FoundSecret } from './found-secret.ts';
import { isPlaceholder } from './placeholder.ts';
import { TextPlaces } from './text-places.ts';

const setting = /\b(?:PASSWORD|IDENTIFIED[ \t]{1,4}(?:WITH[ \t]{1,4}[\w'"]{1,40}[ \t]{1,4})?BY)[ \t]{1,4}'([^'\n]{1,200})'/gi;

/** `CREATE ROLE app PASSWORD 'x'`, `CREATE USER app IDENTIFIED BY 'x'`. */
export function sqlPasswords(text: string): readonly FoundSecret[] {
  if (!/\b(?:ROLE|USER|GRANT)\b/i.test(text)) return [];
  const found = [...text.matchAll(setting)].filter(([, value = '']) => !isStandIn(value));
  if (found.length === 0) return [];
  const places = new TextPlaces(text);
  return found.map((match) => {
    const [whole, value = ''] = match;
    const at = places.at(match.index + whole.lastIndexOf(value));
    return { rule: 'S12', message: 'a statement of SQL sets a password', ...at, pointer: '', value };
  });
}

function isStandIn(value: string): boolean {
  return isPlaceholder(value) || /^(?:\$.*|:\w+|%\w|\?|<.*>|\*+|\{.*\}|@\w+)$/.test(value);
}
