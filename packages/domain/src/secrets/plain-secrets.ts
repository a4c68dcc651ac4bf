import type { FoundSecret } from './found-secret.ts';
import { TextPlaces } from './text-places.ts';
import { textSecrets } from './text/text-secrets.ts';

/** What a text shows by itself, with lines. */
export function plainSecrets(text: string): readonly FoundSecret[] {
  const found = textSecrets(text);
  if (found.length === 0) return [];
  const places = new TextPlaces(text);
  return found.map(({ rule, start, end, what, severity }) => ({
    rule,
    message: `the text holds ${what}`,
    ...places.at(start),
    pointer: '',
    value: text.slice(start, end),
    ...(severity === undefined ? {} : { severity }),
  }));
}
