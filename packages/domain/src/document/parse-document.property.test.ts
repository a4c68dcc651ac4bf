import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { documentText } from './document-text.ts';
import type { Json, JsonObject } from './json.ts';
import { parseDocument } from './parse-document.ts';
import { printDocument } from './print-document.ts';
import { readAnyDocument } from './read-any-document.ts';
import { Profile } from '../profile/profile.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const wellFormed = fc.string({ unit: 'binary' }).filter((text) => !/[\0\p{Surrogate}]/u.test(text));
const freeKey = wellFormed.filter((key) => key !== '<<' && key !== '__proto__');

const free = fc.letrec<{ value: Json; map: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    wellFormed,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('map'),
  ),
  map: fc.dictionary(freeKey, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

const empty: JsonObject = { apiVersion: 'fairlead.dev/v1', kind: 'Profile', metadata: { name: 'a' } };

/** Text that YAML would like to read as something else. */
const looksOtherwise = fc.oneof(
  wellFormed.filter((text) => text.length > 0),
  fc.constantFrom(
    '1.40',
    '0x10',
    '1e3',
    'true',
    'null',
    '~',
    '2026-11-23',
    'yes',
    '- a',
    'a: b',
    '# a',
    '*a',
    '&a',
    '!a',
    '{',
    '[',
    '"',
    "'",
    '|',
    '>',
    '%',
    '@',
    '`',
  ),
);

const profile = fc
  .record({
    name,
    values: free.map,
    constraints: fc.uniqueArray(fc.record({ id: name, cel: looksOtherwise, message: looksOtherwise }), {
      selector: ({ id }) => id,
      maxLength: 3,
    }),
  })
  .map(({ name: itsName, values, constraints }): JsonObject => {
    return { ...empty, metadata: { name: itsName }, spec: { parameters: { values }, constraints } };
  });

function digestOfText(text: string): string {
  const parsed = parseDocument({ kind: 'Profile', schema: Profile }, { text, file: 'profile.yaml' });
  return parsed.kind === 'ok' ? parsed.digest : JSON.stringify(parsed.problems);
}

function reversed(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, entry]) => [key, reversed(entry)]),
  );
}

describe('the digest of a document', () => {
  const spellings: Readonly<Record<string, (value: Json) => string>> = {
    'JSON on one line': (value) => JSON.stringify(value),
    'JSON on many lines': (value) => JSON.stringify(value, undefined, '\t'),
    'another order of fields': (value) => printDocument(reversed(value)),
    'double quotes': (value) => stringify(value, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' }),
    'single quotes': (value) => stringify(value, { defaultStringType: 'QUOTE_SINGLE' }),
    'flow style with aliases': (value) => stringify(value, { collectionStyle: 'flow' }),
    'folded lines and comments': (value) => `# a comment\n---\n${stringify(value, { lineWidth: 30, indent: 4 })}# the end\n`,
    'line ends of Windows and a byte order mark': (value) => `\uFEFF${JSON.stringify(value, undefined, 2).replaceAll('\n', '\r\n')}\r\n`,
  };

  it.each(Object.entries(spellings))('is the same for %s', (_, spell) => {
    fc.assert(
      fc.property(profile, (value) => {
        expect(digestOfText(spell(value))).toBe(digestOfText(printDocument(value)));
        expect(digestOfText(spell(value))).toMatch(/^sha256:/);
      }),
    );
  });

  it('differs exactly where the content does', () => {
    const pairs = fc.oneof(
      fc.tuple(free.value, free.value),
      free.value.map((value): [Json, Json] => [value, reversed(value)]),
      free.value.map((value): [Json, Json] => [value, [value]]),
    );
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        const around = (value: Json): string => digestOfText(printDocument({ ...empty, spec: { parameters: { values: { value } } } }));

        expect(around(one) === around(other)).toBe(sameJson(one, other));
      }),
    );
  });
});

/** Order of names apart. */
function sameJson(one: Json, other: Json): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { map: entries.map(([key, entry]) => [key, sorted(entry)]) };
}

describe('reading', () => {
  const yamlish = fc
    .array(
      fc.constantFrom(
        'a',
        ': ',
        '- ',
        '\n',
        '  ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '&a ',
        '*a',
        '"',
        "'",
        '|',
        '>',
        '#',
        '!!',
        '? ',
        '---\n',
        '<<',
        '\t',
        '%',
        '0x',
        '\\',
        'kind: Profile\n',
        'apiVersion: fairlead.dev/v1\n',
        'spec:\n',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(''));

  it('answers whatever the text, with problems inside the file', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      yamlish,
      yamlish.map((text) => `apiVersion: fairlead.dev/v1\nkind: Profile\nspec:\n  ${text}`),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('authoring', 'tolerant'), (text, mode) => {
        const parsed = readAnyDocument(text, 'a.yaml', mode);
        if (parsed.kind === 'ok') return;

        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { line, column, message } of parsed.problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('answers whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = documentText(bytes, 'a.yaml');
        const utf8 = Buffer.from(bytes).toString();

        expect(decoded.kind === 'text').toBe(Buffer.from(utf8).equals(bytes));
      }),
    );
  });
});

describe('printing', () => {
  it('gives a text that reads back to the same digest', () => {
    fc.assert(
      fc.property(profile, (value) => {
        const text = printDocument(value);

        expect(digestOfText(text)).toBe(digestOfText(JSON.stringify(value)));
      }),
    );
  });
});
