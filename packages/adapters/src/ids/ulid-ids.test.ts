import { expect, it } from 'vitest';
import { ulidIds } from './ulid-ids.ts';

it('gives ids that fit their kind and sort by the order in which they were made', () => {
  const ids = ulidIds({ now: () => new Date('2026-01-01T00:00:00Z') });

  const made = [ids.promotion(), ids.promotion(), ids.promotion()];

  expect(new Set(made).size).toBe(3);
  expect(made.toSorted()).toEqual(made);
  expect(ids.operation()).toMatch(/^op-[0-9a-z]{26}$/);
});
