import { describe, expect, it } from 'vitest';
import { PromotionId } from '../../promotion/promotion-id.ts';
import { bundleGaps } from './bundle-gaps.ts';
import { closureBlockers } from './closure-blockers.ts';

const promotion = PromotionId.parse('p-01jzzzzzzzzzzzzzzzzzzzzzzz');
const now = new Date('2026-11-23T12:00:00.000Z');

describe('closureBlockers', () => {
  it('names in production whatever the proof lacks', () => {
    const [blocker, ...others] = closureBlockers({ promotion, tier: 'production', gaps: ['sync-missing', 'validation-missing'] }, now);

    expect(others).toEqual([]);
    expect(blocker).toMatchObject({ gate: 'evidence', code: 'bundle-incomplete', observed: 'sync-missing, validation-missing' });
    expect(blocker?.message).toMatch(/no sync of each target, no result of each required validation phase$/);
  });

  it('has words for every gap that there is', () => {
    const [blocker] = closureBlockers({ promotion, tier: 'production', gaps: bundleGaps([]) }, now);

    expect(blocker?.message).not.toContain('-missing');
  });

  it.each([
    ['production', []],
    ['staging', ['sync-missing']],
    ['dev', ['sync-missing']],
  ] as const)('lets a promotion to %s end that lacks %j', (tier, gaps) => {
    expect(closureBlockers({ promotion, tier, gaps }, now)).toEqual([]);
  });
});
