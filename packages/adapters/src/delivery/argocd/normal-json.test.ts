import { describe, expect, it } from 'vitest';
import { isJson, normalSync, withoutEmpty } from './normal-json.ts';

describe('withoutEmpty', () => {
  it('drops what says nothing, at any depth, and what is empty after that', () => {
    expect(withoutEmpty({ a: false, b: null, c: '', d: [], e: {}, f: { g: { h: '' } }, i: 0, j: 'x', k: { l: true, m: false } })).toEqual({
      i: 0,
      j: 'x',
      k: { l: true },
    });
  });

  it('keeps the places of a list', () => {
    expect(withoutEmpty({ a: [{ b: '' }, '', [false], { c: 1, d: null }] })).toEqual({ a: [{}, '', [false], { c: 1 }] });
  });
});

describe('normalSync', () => {
  it.each([
    [
      { revision: 'x', prune: false, syncStrategy: { hook: {} } },
      { revision: 'x', syncStrategy: { hook: {} } },
    ],
    [{ revision: 'x' }, { revision: 'x', syncStrategy: { hook: {} } }],
    [{ syncStrategy: null }, { syncStrategy: { hook: {} } }],
    [{ syncStrategy: {} }, { syncStrategy: { hook: {} } }],
    [{ syncStrategy: { apply: {}, hook: null } }, { syncStrategy: { apply: {} } }],
    [{ syncStrategy: { hook: { force: false } } }, { syncStrategy: { hook: {} } }],
    [{ syncStrategy: { hook: { force: true } } }, { syncStrategy: { hook: { force: true } } }],
  ])('%j means %j', (sync, meant) => {
    expect(normalSync(sync)).toEqual(meant);
  });
});

it.each([
  [null, true],
  [{ a: [1, 'x', true, { b: null }] }, true],
  [undefined, false],
  [{ a: undefined }, false],
  [[() => 1], false],
  [NaN, false],
])('isJson(%j) is %j', (value, json) => {
  expect(isJson(value)).toBe(json);
});
