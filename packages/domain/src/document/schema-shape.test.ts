import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseDocument } from './parse-document.ts';

/** What `1.40`, or a place that holds it, becomes under a schema. */
function read(schema: z.ZodType, value = '1.40'): unknown {
  const Sample = z.strictObject({ apiVersion: z.string(), kind: z.string(), value: schema });
  const text = `apiVersion: fairlead.dev/v1\nkind: Sample\nvalue: ${value}`;
  const parsed = parseDocument({ kind: 'Sample', schema: Sample }, { text, file: 'a' });
  return parsed.kind === 'ok' ? parsed.value.value : parsed.problems.map(({ pointer, message }) => `${pointer} ${message}`);
}

describe('a scalar is text', () => {
  it.each<[string, z.ZodType]>([
    ['a string', z.string()],
    ['a pattern', z.string().regex(/1/)],
    ['a format', z.ipv4().or(z.string())],
    ['an enum', z.enum(['1.40'])],
    ['a literal', z.literal('1.40')],
    ['a brand', z.string().brand<'A'>()],
    ['a refinement', z.string().refine(() => true)],
    ['an optional', z.string().optional()],
    ['an exact optional', z.string().exactOptional()],
    ['a nullable', z.string().nullable()],
    ['a default', z.string().default('a')],
    ['a prefault', z.string().prefault('a')],
    ['a readonly', z.string().readonly()],
    ['a pipe', z.string().pipe(z.string())],
    ['a lazy schema', z.lazy(() => z.string())],
    ['a union', z.union([z.array(z.string()), z.string()])],
  ])('under %s', (_, schema) => {
    expect(read(schema)).toBe('1.40');
  });

  it('inside lists, maps and unions of them', () => {
    expect(read(z.array(z.string()), '[1.40]')).toEqual(['1.40']);
    expect(read(z.record(z.string(), z.string()), '{ a: 1.40 }')).toEqual({ a: '1.40' });
    const either = z.union([z.array(z.string()), z.strictObject({ a: z.string() })]);
    expect(read(either, '[1.40]')).toEqual(['1.40']);
    expect(read(either, '{ a: 1.40 }')).toEqual({ a: '1.40' });
  });

  it('in the option that a discriminator names', () => {
    const schema = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('text'), value: z.string() }),
      z.strictObject({ kind: z.literal('number'), value: z.number() }).readonly(),
    ]);

    expect(read(schema, '{ kind: text, value: 1.40 }')).toEqual({ kind: 'text', value: '1.40' });
    expect(read(schema, '{ value: 1.40, kind: number }')).toEqual({ kind: 'number', value: 1.4 });
    expect(read(schema, '{ value: 1.40 }')).toEqual(['/value/kind value.kind is missing']);
    expect(read(schema, '{ kind: other, value: 1.40 }')).toEqual(['/value/kind value.kind: expected text or number, found "other"']);
  });
});

describe('a scalar is what YAML has', () => {
  it.each<[string, z.ZodType]>([
    ['a number', z.number()],
    ['anything', z.unknown()],
    ['a literal number', z.literal(1.4)],
    ['a union without text', z.union([z.boolean(), z.number()])],
  ])('under %s', (_, schema) => {
    expect(read(schema)).toBe(1.4);
  });

  it('where no option has its form', () => {
    expect(read(z.union([z.array(z.string()), z.strictObject({ a: z.string() })]))).toEqual(['/value value: expected a list, found 1.4']);
  });
});

describe('of several forms', () => {
  it('the nearest one is explained', () => {
    const schema = z.union([z.strictObject({ a: z.string(), b: z.string(), c: z.string() }), z.strictObject({ d: z.string() })]);

    expect(read(schema, '{ d: 1 }')).toEqual({ d: '1' });
    expect(read(schema, '{ a: 1, b: 2 }')).toEqual(['/value/c value.c is missing']);
  });

  it('a missing one is missing', () => {
    const Sample = z.strictObject({ apiVersion: z.string(), kind: z.string(), value: z.union([z.string(), z.number()]) });
    const parsed = parseDocument({ kind: 'Sample', schema: Sample }, { text: 'apiVersion: fairlead.dev/v1\nkind: Sample', file: 'a' });

    expect(parsed).toMatchObject({ problems: [{ code: 'missing-field', pointer: '/value' }] });
  });
});
