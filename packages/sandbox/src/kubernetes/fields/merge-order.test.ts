import { describe, expect, it } from 'vitest';
import { mergeOrder } from './merge-order.ts';

describe('mergeOrder', () => {
  // The cases of structured-merge-diff: live, applied, merged.
  it.each([
    ['ab', 'ba', 'ba'],
    ['abc', 'ac', 'abc'],
    ['abc', 'ca', 'bca'],
    ['ac', 'abc', 'abc'],
    ['a', 'ba', 'ba'],
    ['xay', 'a', 'xay'],
    ['', 'ab', 'ab'],
    ['ab', '', 'ab'],
    ['abcde', 'edb', 'acedb'],
  ])('merges %s with %s to %s', (live, applied, merged) => {
    expect(mergeOrder(live.split(''), applied.split('')).join('')).toBe(merged);
  });
});
