import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FreeValue } from './free-form.ts';
import { parseDocument, type Parsed } from './parse-document.ts';

const Sample = z.strictObject({
  apiVersion: z.literal('fairlead.dev/v1'),
  kind: z.literal('Sample'),
  name: z.string().exactOptional(),
  count: z.int().min(1).max(9).exactOptional(),
  on: z.boolean().exactOptional(),
  color: z.enum(['red', 'green']).exactOptional(),
  names: z.array(z.string()).max(3).exactOptional(),
  short: z.string().max(4).exactOptional(),
  byName: z.record(z.string().regex(/^[a-z]+$/, 'expected lower-case letters'), z.strictObject({ size: z.string() })).exactOptional(),
  free: FreeValue.exactOptional(),
  inner: z.strictObject({ must: z.string(), may: z.string().default('x') }).exactOptional(),
  step: z.number().multipleOf(0.5).exactOptional(),
});

const head = 'apiVersion: fairlead.dev/v1\nkind: Sample\n';

function read(text: string): Parsed<z.infer<typeof Sample>> {
  return parseDocument({ kind: 'Sample', schema: Sample }, { text, file: 'sample.yaml' });
}

function problemsIn(text: string): readonly string[] {
  const parsed = read(text);
  if (parsed.kind === 'ok') return [];
  return parsed.problems.map(({ line, column, code, message, hint }) => {
    return `${String(line)}:${String(column)} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
}

describe('text that is no document', () => {
  it.each([
    ['', '1:1 empty-document: sample.yaml holds no document'],
    ['# only a comment\n', '1:1 empty-document: sample.yaml holds no document'],
    ['---\n...\n', '1:1 empty-document: sample.yaml holds no document'],
    ['a: \0', '1:4 not-yaml: the text has a NUL character'],
    ['a: [1', '1:6 not-yaml: flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['a:\n\t- b', '2:1 not-yaml: tabs are not allowed as indentation'],
    ['a: *b', '1:4 unresolved-alias: alias *b names no anchor before it'],
    ['a: !secret b', '1:4 not-yaml: unresolved tag: !secret'],
    [
      '%YAML 1.1\n---\na: yes',
      '1:1 yaml-version: a %YAML 1.1 directive changes what scalars mean; documents are YAML 1.2 (remove the directive)',
    ],
    ['a: 1\n---\nb: 2', '2:1 several-documents: sample.yaml holds several documents, expected one (give each its own file)'],
  ])('refuses %j', (text, problem) => {
    const parsed = read(text);

    expect(parsed).toMatchObject({ kind: 'invalid', stage: 'syntax' });
    expect(problemsIn(text)).toContain(problem);
  });

  it('refuses a text of more than half a mebibyte unread', () => {
    expect(problemsIn(`a: ${'x'.repeat(524_288)}`)).toEqual([
      '1:1 too-large: sample.yaml has 524291 characters, more than the 524288 of a document',
    ]);
  });

  it.each([
    ['flow lists', '['.repeat(100_000)],
    ['flow maps', '{a: '.repeat(100_000)],
    ['block lists', '- '.repeat(100_000)],
    ['block maps', Array.from({ length: 70 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ])('refuses deep nesting of %s', (_, text) => {
    expect(problemsIn(text)[0]).toContain('too-deep: the document is nested deeper than 64 levels');
  });

  it('shows a hundred problems and that there are more', () => {
    const fields = Array.from({ length: 150 }, (_, index) => `field${String(index)}: 1\n`);
    const problems = problemsIn(`${head}${fields.join('')}`);

    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatch(/more-problems: sample.yaml has more problems than these$/);
  });
});

describe('a document of another kind', () => {
  it.each([
    [
      'a: 1\nother: field',
      '1:1 wrong-kind: sample.yaml says neither apiVersion nor kind, expected apiVersion: fairlead.dev/v1 and kind: Sample',
    ],
    ['- []\n#', '1:1 wrong-kind: sample.yaml says neither apiVersion nor kind, expected apiVersion: fairlead.dev/v1 and kind: Sample'],
    ['kind: Sample\nother: field', '1:1 wrong-api-version: expected apiVersion: fairlead.dev/v1, found nothing'],
    ['kind: Sample\napiVersion: apps/v1', '2:13 wrong-api-version: expected apiVersion: fairlead.dev/v1, found "apps/v1"'],
    ['apiVersion: fairlead.dev/v1\nkind: Simple', '2:7 wrong-kind: expected kind: Sample, found "Simple" (did you mean Sample?)'],
    ['apiVersion: fairlead.dev/v1\nkind: Deployment', '2:7 wrong-kind: expected kind: Sample, found "Deployment"'],
    ['apiVersion: fairlead.dev/v1\nkind: [Sample]', '2:7 wrong-kind: expected kind: Sample, found nothing'],
    ['apiVersion: fairlead.dev/v1\nkind:', '2:6 wrong-kind: expected kind: Sample, found nothing'],
  ])('says only that of %j', (text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });
});

describe('fields', () => {
  it.each([
    ['nme: a', '3:1 unknown-field: nme is no field of this document (did you mean name?)'],
    ['inner: { must: a, zzz: b }', '3:19 unknown-field: inner.zzz is no field of this document (known here: must, may)'],
    ['inner: { may: a }', '3:1 missing-field: inner.must is missing'],
    ['inner: a', '3:8 wrong-type: inner: expected a map, found a string'],
    ['inner: []', '3:8 wrong-type: inner: expected a map, found a list'],
    ['name: a\nname: b', '4:1 duplicate-key: name is given twice'],
    ['name: a\n"name": b', '4:1 duplicate-key: name is given twice'],
    ['free: { 1: a, "1": b }', '3:15 duplicate-key: free.1 is given twice'],
    ['name:', '3:6 wrong-type: name: expected a string, found nothing'],
    ['name: null', '3:7 wrong-type: name: expected a string, found nothing'],
    ['name: [a]', '3:7 wrong-type: name: expected a string, found a list'],
    ['name: {a: 1}', '3:7 wrong-type: name: expected a string, found a map'],
    ['count: "5"', '3:8 wrong-type: count: expected a number, found "5"'],
    ['count: 1.5', '3:8 wrong-type: count: expected a whole number, found 1.5'],
    ['count: 0', '3:8 wrong-value: count: expected 1 or more, found 0'],
    ['count: 10', '3:8 wrong-value: count: expected 9 or less, found 10'],
    ['on: yes', '3:5 wrong-type: on: expected true or false, found "yes"'],
    ['color: rde', '3:8 wrong-value: color: expected red or green, found "rde" (did you mean red?)'],
    ['color: [red]', '3:8 wrong-value: color: expected red or green, found a list'],
    ['names: a', '3:8 wrong-type: names: expected a list, found a string'],
    ['names: [a, b, c, d]', '3:8 wrong-value: names: expected 3 or less entries, found 4'],
    ['names:\n  - a\n  - {b: 1}', '5:5 wrong-type: names[1]: expected a string, found a map'],
    ['short: abcde', '3:8 wrong-value: short: expected 4 or less characters, found 5'],
    ['byName: { A1: { size: a } }', '3:11 wrong-value: byName.A1: expected lower-case letters, found "A1"'],
    ['step: 0.3', '3:7 wrong-value: step: Invalid number: must be a multiple of 0.5'],
    ['free: .inf', '3:7 not-json: free: .inf is no number in JSON'],
    ['free: 12345678901234567890', `3:7 not-json: free: 12345678901234567890 can't be held exactly (quote it: "12345678901234567890")`],
    ['free: 0xfffffffffffffffff', `3:7 not-json: free: 0xfffffffffffffffff can't be held exactly (quote it: "0xfffffffffffffffff")`],
    ['free: "\\0"', '3:7 not-json: free: the text has a NUL character'],
    ['name: "\\ud800"', '3:7 not-json: name: the text has half of a surrogate pair'],
    ['free: { <<: {a: 1} }', '3:9 unreadable-key: free: merge keys (<<) are not read (write the fields out)'],
    ['free: { ? [a] : b }', '3:11 unreadable-key: free: a name must be a plain or quoted text'],
    ['free: { ~: b }', '3:9 unreadable-key: free: expected a name, found nothing (quote it if it is meant)'],
    ['free: { "a\\0": b }', '3:9 unreadable-key: free: the text has a NUL character'],
    ['free: { __proto__: b }', '3:9 unreadable-key: free: __proto__ is no name'],
  ])('refuses %j with its place', (text, problem) => {
    expect(problemsIn(head + text)).toEqual([problem]);
  });

  it('reports all problems at once, in the order of the file', () => {
    const text = `${head}count: x\nnme: a\ninner: {}\ncolor: blue\n`;

    expect(problemsIn(text).map((problem) => problem.split(':')[0])).toEqual(['3', '4', '5', '6']);
  });

  it('says nothing of the schema about a part that could not be read', () => {
    expect(problemsIn(`${head}name: "\\0"`)).toHaveLength(1);
  });
});

describe('aliases', () => {
  it('stand for what they name', () => {
    const parsed = read(`${head}names: [&a x, *a]\nfree: &f { n: 1 }\n`);

    expect(parsed).toMatchObject({ kind: 'ok', value: { names: ['x', 'x'] } });
  });

  it('take the newest anchor before them', () => {
    expect(read(`${head}names: [&a x, *a, &a y]`)).toMatchObject({ kind: 'ok', value: { names: ['x', 'x', 'y'] } });
    expect(read(`${head}names: [&a x, &a y, *a]`)).toMatchObject({ kind: 'ok', value: { names: ['x', 'y', 'y'] } });
  });

  it('are read as the place where they stand wants it', () => {
    expect(read(`${head}free: &v 1.40\nname: *v`)).toMatchObject({ kind: 'ok', value: { free: 1.4, name: '1.40' } });
  });

  it('that stand in what they name are refused', () => {
    expect(problemsIn(`${head}free: &a [*a]`)).toEqual(['3:11 alias-expansion: free[0][0] is an alias of what it stands in']);
  });

  it('that grow by powers are refused', () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `  l${String(level + 1)}: &l${String(level + 1)} [*l${String(level)}, *l${String(level)}]`,
    );
    const problems = problemsIn(`${head}free:\n  l0: &l0 x\n${levels.join('\n')}\n`);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/alias-expansion: .*: aliases make the document too large \(write the values out\)$/);
  });

  it('that repeat a long text are refused', () => {
    expect(problemsIn(`${head}free: [&a ${'x'.repeat(500_000)}, *a, *a, *a]`)).toEqual([
      '3:500021 alias-expansion: free[3]: aliases make the document too large (write the values out)',
    ]);
  });

  it('that nest deeper than a document may are refused', () => {
    const levels = Array.from({ length: 70 }, (_, level) => `  l${String(level + 1)}: &l${String(level + 1)} [*l${String(level)}]`);

    expect(problemsIn(`${head}free:\n  l0: &l0 x\n${levels.join('\n')}\n`)[0]).toContain('is nested deeper than 64 levels');
  });
});

describe('what was read', () => {
  it('has defaults in its value and not in its digest', () => {
    const short = read(`${head}inner: { must: a }`);
    const long = read(`${head}inner: { must: a, may: x }`);

    if (short.kind !== 'ok' || long.kind !== 'ok') throw new Error('both are valid');
    expect(short.value).toEqual(long.value);
    expect(short.digest).not.toBe(long.digest);
  });

  it('knows where its parts stand, and where an absent part would', () => {
    const parsed = read(`\uFEFF${head}inner:\n  must: a\nnames: [b,\n  c]\nbyName: { a: { size: s } }\n`);

    if (parsed.kind !== 'ok') throw new Error('it is valid');
    const { lines } = parsed;
    expect(lines.keyAt('/inner')).toEqual({ line: 3, column: 1 });
    expect(lines.valueAt('/inner')).toEqual({ line: 4, column: 3 });
    expect(lines.valueAt('/inner/must')).toEqual({ line: 4, column: 9 });
    expect(lines.valueAt('/names/1')).toEqual({ line: 6, column: 3 });
    expect(lines.valueAt('/inner/may/deeper')).toEqual({ line: 3, column: 1 });
    expect(lines.valueAt('')).toEqual({ line: 1, column: 1 });
    expect(lines.keyAt('/absent')).toEqual({ line: 1, column: 1 });
  });
});

describe('a tolerant reading', () => {
  const type = { kind: 'Sample', schema: Sample };

  it('leaves out a field that it does not know but keeps it in the digest', () => {
    const old = { text: `${head}inner: { must: a }`, file: 'old.json' };
    const newer = { text: `${head}inner: { must: a, since: { a: 1 } }\nnewer: [1]`, file: 'new.json' };
    const [first, second] = [parseDocument(type, old, 'tolerant'), parseDocument(type, newer, 'tolerant')];

    if (first.kind !== 'ok' || second.kind !== 'ok') throw new Error('both are valid');
    expect(second.value).toEqual(first.value);
    expect(second.digest).not.toBe(first.digest);
    expect(parseDocument(type, newer)).toMatchObject({ kind: 'invalid', stage: 'content' });
  });

  it('still refuses a wrong value', () => {
    const parsed = parseDocument(type, { text: `${head}count: many\nnewer: 1`, file: 'a.json' }, 'tolerant');

    expect(parsed).toMatchObject({ kind: 'invalid', problems: [{ code: 'wrong-type', pointer: '/count' }] });
  });
});
