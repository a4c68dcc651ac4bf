import { expect, it } from 'vitest';
import { defaultHolds, defaultStayed, type LivePlace } from './default-holds.ts';
import type { ApiDefault } from './tables/api-default.ts';

const rule: ApiDefault = { path: ['spec', 'pull'], value: 'Always', when: { path: ['spec', 'image'], imageTag: 'latest' } };

function pullOf(value: string, image: string): LivePlace {
  return { root: { spec: { image, pull: value } }, steps: ['spec', 'pull'], value, scalar: undefined };
}

it('a default that another field asked for stays a default when that one changes', () => {
  const pinned = pullOf('Always', `web@sha256:${'0'.repeat(64)}`);

  expect([defaultHolds(rule, pullOf('Always', 'web')), defaultHolds(rule, pinned)]).toEqual([true, false]);
  expect(defaultStayed(rule, pinned)).toBe(true);
});

it('a value that was never a default did not stay', () => {
  expect(defaultStayed(rule, pullOf('Never', 'web'))).toBe(false);
  expect(defaultStayed({ path: ['spec', 'pull'], value: 'Always' }, pullOf('Always', 'web'))).toBe(false);
});
