import { expect, it } from 'vitest';
import { jsonEquals } from './json-equals.ts';
import type { Json } from './json.ts';

it.each<[Json, Json, boolean]>([
  [{ a: 1, b: [true, null] }, { b: [true, null], a: 1 }, true],
  [[], [], true],
  ['a', 'a', true],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [{ a: null }, {}, false],
  [{ a: null }, { b: null }, false],
  [{ a: 1 }, { a: '1' }, false],
  [{}, [], false],
  [[], {}, false],
  [null, {}, false],
  ['a', { a: 1 }, false],
])('compares %j with %j: %j', (one, other, equal) => {
  expect(jsonEquals(one, other)).toBe(equal);
});
