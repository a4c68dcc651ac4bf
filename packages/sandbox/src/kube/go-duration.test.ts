import { describe, expect, it } from 'vitest';

import { formatGoDuration, parseGoDuration } from './go-duration.ts';

describe('Go durations', () => {
  it.each([
    ['1h0m0s', 3_600_000],
    ['30s', 30_000],
    ['1m0.5s', 60_500],
    ['5.040446s', 5040.446],
    ['29.21ms', 29.21],
    ['0s', 0],
  ])('prints %s as Go does, and reads it back', (text, ms) => {
    expect(formatGoDuration(ms)).toBe(text);
    expect(parseGoDuration(text)).toBeCloseTo(ms);
  });

  it('refuses a number without a unit', () => {
    expect(() => parseGoDuration('30')).toThrow("duration '30' isn't a number with a unit");
  });
});
