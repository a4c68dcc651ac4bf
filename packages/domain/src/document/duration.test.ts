import { describe, expect, it } from 'vitest';
import { Duration, durationMs } from './duration.ts';

describe('a duration', () => {
  it.each([
    ['1s', 1_000],
    ['10s', 10_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['999999d', 86_399_913_600_000],
  ])('%s is %d ms', (text, ms) => {
    expect(durationMs(Duration.parse(text))).toBe(ms);
  });

  it.each(['', '5', 'm', '0s', '05m', '-5m', '1.5h', '5 m', '5M', '1h30m', '5ms', '1000000d', '5m\n'])('is never %j', (text) => {
    expect(Duration.safeParse(text).success).toBe(false);
  });
});
