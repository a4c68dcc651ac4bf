import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FreeMap } from './free-form.ts';
import type { Json } from './json.ts';
import { parseDocument } from './parse-document.ts';

const Sample = z.strictObject({
  apiVersion: z.literal('fairlead.dev/v1'),
  kind: z.literal('Sample'),
  text: z.string().exactOptional(),
  free: FreeMap.exactOptional(),
  number: z.number().exactOptional(),
});

function field(name: 'text' | 'free' | 'number', text: string): unknown {
  const parsed = parseDocument({ kind: 'Sample', schema: Sample }, { text, file: 'a' });
  return parsed.kind === 'ok' ? parsed.value[name] : parsed.problems.map(({ message }) => message);
}

const yaml = (name: string, value: string): string => `apiVersion: fairlead.dev/v1\nkind: Sample\n${name}: ${value}\n`;
const json = (name: string, value: string): string => `{"apiVersion": "fairlead.dev/v1", "kind": "Sample", "${name}": ${value}}`;

describe('where the schema wants text', () => {
  it.each([
    '1.40',
    '1.0',
    '007',
    '0x10',
    '0o7',
    '1e3',
    '-0',
    '+1',
    '.5',
    '1234567890123456789012345678901234567890',
    '1e10000000000000000000000000000000000000',
    'true',
    'False',
    'yes',
    'no',
    '2026-11-23',
    '2026-11-23T10:00:00Z',
    '12:30',
    '.inf',
    '.NaN',
    '1_000',
    'a#b',
  ])('%s stays as it is written, with and without quotes', (text) => {
    expect(field('text', yaml('text', text))).toBe(text);
    expect(field('text', yaml('text', `"${text}"`))).toBe(text);
    expect(field('text', yaml('text', `'${text}'`))).toBe(text);
    expect(field('text', yaml('text', `!!str ${text}`))).toBe(text);
    expect(field('text', json('text', `"${text}"`))).toBe(text);
  });

  it.each(['1.40', '1.0', '1e3', '-0', '12345678901234567890123', 'true'])('%s keeps its source text in JSON', (text) => {
    expect(field('text', json('text', text))).toBe(text);
  });

  it.each([
    ['|\n  a\n  b\n', 'a\nb\n'],
    ['>-\n  a\n  b\n', 'a b'],
    ['a\n  b', 'a b'],
    ['"a\\tb\\u00e9\\ud83d\\ude00"', 'a\tbé😀'],
    ['""', ''],
    ['"null"', 'null'],
    ['!!int "5"', '5'],
  ])('%j is the text that it means', (written, text) => {
    expect(field('text', yaml('text', written))).toBe(text);
  });

  it.each(['', 'null', '~', 'Null'])('nothing, written as %j, is not text', (written) => {
    expect(field('text', yaml('text', written))).toEqual(['text: expected a string, found nothing']);
  });
});

describe('where there is no schema', () => {
  const cases: readonly (readonly [string, Json])[] = [
    ['1.40', 1.4],
    ['0x10', 16],
    ['0o7', 7],
    ['1e3', 1000],
    ['100000000000000000000', 100_000_000_000_000_000_000],
    ['true', true],
    ['yes', 'yes'],
    ['~', null],
    ['', null],
    ['2026-11-23', '2026-11-23'],
    ['012', 12],
    ['1_000', '1_000'],
    ['"1"', '1'],
    ['[1, a]', [1, 'a']],
  ];
  it.each(cases)('%j is read as YAML 1.2 core has it', (written, value) => {
    expect(field('free', yaml('free', `\n  a: ${written}`))).toEqual({ a: value });
  });

  it('names of fields are text as written', () => {
    expect(field('free', yaml('free', '{ 1: a, 1.0: b, true: c, 0x1: d }'))).toEqual({ '1': 'a', '1.0': 'b', true: 'c', '0x1': 'd' });
  });

  it('a name without a value has none', () => {
    expect(field('free', yaml('free', '{ a, ? b }'))).toEqual({ a: null, b: null });
  });
});

describe('where the schema wants a number', () => {
  it.each([
    ['5', 5],
    ['0x10', 16],
    ['1.50', 1.5],
  ])('%s is one', (written, value) => {
    expect(field('number', yaml('number', written))).toBe(value);
  });

  it('text is none', () => {
    expect(field('number', yaml('number', '"5"'))).toEqual(['number: expected a number, found "5"']);
  });
});
