import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

describe('Retry-After', () => {
  const now = new Date('2026-11-24T10:00:00Z');

  it.each([
    ['7', 7000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 10:00:05 GMT', 5000],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['-1x', undefined],
    [undefined, undefined],
  ])('of %s asks to wait %s ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
