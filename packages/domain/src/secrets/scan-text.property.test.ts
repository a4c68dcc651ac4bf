import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanText } from './scan-text.ts';

const path = fc.constantFrom(
  'x.yaml',
  'values.yaml',
  'kustomization.yaml',
  'x.json',
  '.env',
  'app.properties',
  'web.xml',
  'main.tf',
  '.npmrc',
  'deploy.sh',
  'README.md',
  'x',
);
const piece = fc.oneof(
  fc.constantFrom(
    'kind: Secret\n',
    'stringData:\n',
    '  p: hunter2\n',
    'data: {',
    '"password": "hunter2"',
    '---\n',
    '- op: add\n',
    '${A:=b}',
    'sops:\n  mac: ENC[x]\n',
    '|\n',
    '#',
    '{{',
    '}}',
    '<a b="',
    '\\u0000',
    '\u2028',
    '\ud800',
    'env:\n- name: TOKEN\n  value: ',
  ),
  fc.string(),
);

/** In steps that the input's size decides, on any machine: what grows with the square of it fails here by the runner's own limit. */
const hostile: readonly (readonly [string, string, string])[] = [
  ['a line of a megabyte', 'values.yaml', `password: ${'a'.repeat(1_000_000)}\n`],
  ['a line of signs', 'values.yaml', `password: ${'"'.repeat(300_000)}\n`],
  ['a line of assignments', '.env', 'PASSWORD=x1 '.repeat(80_000)],
  ['many short lines', '.env', 'A_TOKEN=\n'.repeat(100_000)],
  ['a comment of a megabyte', 'x.yaml', `# password: ${'x1'.repeat(500_000)}\n`],
  ['open templates', 'templates/x.yaml', 'password: {{ '.repeat(50_000)],
  ['open variables', 'x.yaml', `password: "${'${A'.repeat(100_000)}"\n`],
  ['open elements', 'x.xml', '<password a="'.repeat(60_000)],
  ['brackets of JSON', 'x.json', `${'['.repeat(200_000)}"password"`],
  ['braces of YAML', 'x.yaml', `password: ${'{a: '.repeat(20_000)}`],
  ['lists in lists', 'x.yaml', `${'- '.repeat(20_000)}password\n`],
  ['indents', 'x.yaml', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}password:\n`).join('')],
  ['base64 of itself', 'x.yaml', `kind: ConfigMap\ndata:\n  a: ${'YWFh'.repeat(200_000)}\n`],
  ['an argument of many', 'x.yaml', `kind: Pod\nspec: { containers: [{ args: ["${'--password '.repeat(50_000)}"] }] }\n`],
  ['statements', 'x.sql', "ALTER USER a PASSWORD '".repeat(40_000)],
  ['curl', 'x.yaml', `kind: Pod\nspec: { containers: [{ args: ["${'curl -u '.repeat(50_000)}"] }] }\n`],
];

/** Each level has ten of the one before. */
function bomb(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, level) => `l${String(level + 1)}: &l${String(level + 1)} [${`*l${String(level)},`.repeat(10).slice(0, -1)}]`,
  );
  return `password: x\nl0: &l0 [x, x]\n${lines.join('\n')}\n`;
}

describe('any text', () => {
  it('is searched without a fault', () => {
    fc.assert(
      fc.property(path, fc.array(piece, { maxLength: 20 }), (name, pieces) => {
        const text = pieces.join('');

        for (const { line, column } of scanText({ path: name, text })) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(hostile)('is searched within bounds: %s', (_, name, text) => {
    expect(scanText({ path: name, text }).length).toBeLessThan(200_000);
  });

  it('is searched within bounds: aliases of aliases', () => {
    expect(scanText({ path: 'x.yaml', text: bomb(9) })).toHaveLength(1);
  });

  it('is unpacked three deep and no deeper', () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'password: hunter2\nmode: on\n' : `kind: ConfigMap\ndata:\n  a.yaml: ${JSON.stringify(nested(depth - 1))}\n`;

    expect([1, 2, 3, 4].map((depth) => scanText({ path: 'x.yaml', text: nested(depth) }).length)).toEqual([1, 1, 1, 0]);
  });
});
