import { describe, expect, it } from 'vitest';
import { FreeMap, FreeValue } from './free-form.ts';

describe('a value without a schema', () => {
  it.each([null, true, 0, -1.5, '', [], [1, ['a']], {}, { a: { b: null } }])('may be %j', (value) => {
    expect(FreeValue.safeParse(value).success).toBe(true);
  });

  it.each([undefined, NaN, Infinity, 1n, Symbol('a'), [NaN], { a: undefined }])('may not be %s', (value) => {
    expect(FreeValue.safeParse(value).success).toBe(false);
  });

  it('is a map where one is wanted', () => {
    expect(FreeMap.safeParse({ a: 1 }).success).toBe(true);
    expect(FreeMap.safeParse([]).success).toBe(false);
  });
});
