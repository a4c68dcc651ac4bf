import type { FoundSecret } from './found-secret.ts';
import { TextPlaces } from './text-places.ts';
import type { ScannedText } from './scanned-text.ts';
import { commentSecrets } from './comment-secrets.ts';
import { sqlPasswords } from './sql-passwords.ts';
import { textSecrets } from './text/text-secrets.ts';

/** Files that keep what decrypts the other secrets. */
const identities = /(?:^|\/)(?:keys\.txt|age\.key|[^/]*\.agekey)$/;

/** What a text shows by itself, with lines. */
export function plainSecrets({ path, text }: ScannedText): readonly FoundSecret[] {
  return [...shapedSecrets(text), ...sqlPasswords(text), ...commentSecrets(path, text)].map((secret) =>
    secret.rule === 'S06' && identities.test(path) ? { ...secret, rule: 'S18' } : secret,
  );
}

function shapedSecrets(text: string): readonly FoundSecret[] {
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
