import { expect, it } from 'vitest';
import { sameFolder } from './same-folder.ts';

it.each([
  ['overlays/dev', './overlays/dev/'],
  ['overlays/dev', '/overlays//dev'],
  ['overlays/dev', 'overlays/base/../dev'],
  ['', '.'],
  ['', '/'],
])('%j is %j', (one, other) => {
  expect(sameFolder(one, other)).toBe(true);
});

it.each([
  ['overlays/dev', 'overlays/dev2'],
  ['overlays/dev', 'overlays'],
  ['overlays/dev', ''],
  ['overlays/dev', 'Overlays/dev'],
])('%j is not %j', (one, other) => {
  expect(sameFolder(one, other)).toBe(false);
});
