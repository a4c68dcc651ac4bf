import { describe, expect, it } from 'vitest';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { delivered, newer, operation } from './fixtures/delivered-example.ts';
import { deliveredByFlux, revision } from './fixtures/flux-example.ts';
import { unauthorisedChange } from './unauthorised-change.ts';

const verdict = (kind: DeliveryVerdict['kind']): DeliveryVerdict => ({ kind, reason: 'r' });
const foreign = {
  ...delivered,
  operation: { ...operation, info: {}, initiatedBy: { username: 'mallory', automated: false }, revisions: [newer] },
};

describe('a sync past a promotion', () => {
  it('by hand says who, what and when', () => {
    expect(unauthorisedChange(foreign, verdict('superseded'))).toEqual({
      revisions: [newer],
      by: 'mallory',
      at: operation.finishedAt,
      reason: 'r',
    });
  });

  it('by Flux says what and when', () => {
    const seen = { ...deliveredByFlux, lastApplied: revision(newer) };

    expect(unauthorisedChange(seen, verdict('superseded'))).toEqual({ revisions: [newer], at: '2026-11-23T15:29:26Z', reason: 'r' });
  });

  it.each(['unauthorised', 'superseded', 'not-yet'] as const)('is one where the verdict is %s', (kind) => {
    expect(unauthorisedChange(foreign, verdict(kind))).toBeDefined();
  });

  it.each(['delivered', 'in-progress', 'failed', 'head-moved', 'unknown', 'stale', 'out-of-sync'] as const)(
    'is none where it is %s',
    (kind) => {
      expect(unauthorisedChange(foreign, verdict(kind))).toBeUndefined();
    },
  );

  it('is none where it was ours, failed, or synced nothing', () => {
    expect(unauthorisedChange(delivered, verdict('superseded'))).toBeUndefined();
    expect(unauthorisedChange({ ...foreign, operation: { ...foreign.operation, phase: 'Failed' } }, verdict('not-yet'))).toBeUndefined();
    expect(unauthorisedChange({ ...foreign, operation: { ...foreign.operation, revisions: [] } }, verdict('not-yet'))).toBeUndefined();
  });
});
