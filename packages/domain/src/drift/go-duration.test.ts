import { expect, it } from 'vitest';
import { goDurationMs } from './go-duration.ts';

it.each([
  ['10m', 600_000],
  ['1h0m0s', 3_600_000],
  ['1h30m', 5_400_000],
  ['1.5s', 1_500],
  ['250ms', 250],
])('reads %s', (text, ms) => {
  expect(goDurationMs(text)).toBe(ms);
});

it.each(['', '10', 'm', '10m 5s', '-1m', '10d'])('takes %j for none', (text) => {
  expect(goDurationMs(text)).toBeUndefined();
});
