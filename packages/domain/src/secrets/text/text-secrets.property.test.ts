import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textSecrets } from './text-secrets.ts';
import { cloudTokens } from './tokens/cloud-tokens.ts';
import { codeTokens } from './tokens/code-tokens.ts';
import { serviceTokens } from './tokens/service-tokens.ts';

const shapes = [...codeTokens, ...cloudTokens, ...serviceTokens];
const starts = shapes.flatMap((shape) => shape.starts);
const fragments = [
  ...starts,
  '-----BEGIN PRIVATE KEY-----\n',
  '-----BEGIN ',
  'PuTTY-User-Key-File-2:',
  'LS0tLS1CRUdJTi',
  'eyJ',
  'eyJhbGciOiJIUzI1NiJ9.',
  'K10',
  'abcdef.',
  '://',
  'a://b:',
  'https://a:b',
  'password=',
  ' user= password="',
  'jdbc:x:y?password=',
  'LoginModule password=',
  '--password ',
  'curl -u ',
  'authorization: bearer ',
  'secret_access_key=',
  '"kty":"RSA","d":"',
  '@tcp(',
  'sig=',
];
const glue = fc.constantFrom('', ' ', '\n', '.', ':', '/', '=', '"', '-', '_', 'a', 'A', '0', '\\n', '%3D', '\u0000', '\ud800', 'é');
const hostile = fc.array(
  fc.tuple(fc.constantFrom(...fragments), glue, fc.string({ maxLength: 20 })).map((parts) => parts.join('')),
  { maxLength: 40 },
);

describe('textSecrets', () => {
  it('gives places of the text, in order, none inside another', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = parts.join('');

        const found = textSecrets(text);

        const edges = found.flatMap(({ start, end }) => [start, end]);
        expect(edges.toSorted((one, other) => one - other)).toEqual(edges);
        expect(edges.every((edge) => edge >= 0 && edge <= text.length)).toBe(true);
        expect(found.every(({ start, end }) => start < end)).toBe(true);
      }),
    );
  });

  it('gives the same wherever the text stands', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 50 }), (parts, lines) => {
        const text = parts.join('');
        const before = '\n'.repeat(lines);

        const moved = textSecrets(`${before}${text}`);

        expect(moved).toEqual(textSecrets(text).map((one) => ({ ...one, start: one.start + lines, end: one.end + lines })));
      }),
    );
  });

  it('has no shape of unbounded length', () => {
    const unbounded = shapes.filter(({ body, lead = '' }) =>
      /(?<!\\)[*+](?![^[]*\])|\{\d+,\}/.test(`${body} ${lead}`.replaceAll(/\(\?=\[[^\]]+\]\*/g, '')),
    );

    expect(unbounded).toEqual([]);
  });

  // What grows with more than the length of the text runs into the time limit of the test here, by factors.
  it.each([...new Set(fragments)])('reads 100 kB of %j', (fragment) => {
    const text = fragment.repeat(Math.ceil(100_000 / fragment.length));

    expect(textSecrets(text).length).toBeLessThan(text.length);
  });

  it.each(['a', 'A', '0', 'aB3', '-', '/', '.', '=', ' ', '\\', 'abcdef.0123456789abcdef-'])(
    'reads a line of 300 kB of %j after each start',
    (fill) => {
      const tail = fill.repeat(Math.ceil(300_000 / fill.length));

      for (const fragment of ['://a:', 'password=', 'eyJ', '-----BEGIN RSA PRIVATE KEY-----', 'curl -u ', 'sk-ant-']) {
        expect(textSecrets(`${fragment}${tail}`).length).toBeLessThan(tail.length);
      }
    },
  );
});
