import { describe, expect, it } from 'vitest';
import { applySplices } from './apply-splices.ts';

describe('applySplices', () => {
  it('replaces ranges in any order of giving', () => {
    const text = applySplices('0123456789', [
      { start: 8, end: 10, text: 'z' },
      { start: 0, end: 2, text: 'abc' },
    ]);

    expect(text).toBe('abc234567z');
  });

  it('keeps the order of insertions at one place, before what replaces it', () => {
    const text = applySplices('ab', [
      { start: 1, end: 2, text: '!' },
      { start: 1, end: 1, text: 'x' },
      { start: 1, end: 1, text: 'y' },
    ]);

    expect(text).toBe('axy!');
  });

  it.each([
    ['overlap', [0, 3], [2, 4]],
    ['reach beyond the text', [0, 1], [9, 11]],
    ['run backwards', [0, 1], [5, 4]],
  ])('refuses ranges that %s', (_, [start, end], [otherStart, otherEnd]) => {
    const splices = [
      { start: start ?? 0, end: end ?? 0, text: '' },
      { start: otherStart ?? 0, end: otherEnd ?? 0, text: '' },
    ];

    expect(() => applySplices('0123456789', splices)).toThrow(expect.objectContaining({ code: 'splice-range' }));
  });
});
