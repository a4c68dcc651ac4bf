import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { EvidenceType } from './evidence-type.ts';
import { recordSummary } from './record-summary.ts';

const target = 'prod/argocd/shop';
const synced = { target, verdict: { kind: 'delivered' }, sync: 'Synced', health: 'Healthy' };

describe('recordSummary', () => {
  it.each<readonly [EvidenceType, JsonObject, string]>([
    ['sync-observation', { ...synced, mapped: { version: '1.42.0' } }, `${target}: delivered, Synced Healthy, 1.42.0`],
    [
      'sync-observation',
      { ...synced, mapped: { none: 'reference-absent' } },
      `${target}: delivered, Synced Healthy, no release (reference-absent)`,
    ],
    ['sync-observation', { target, verdict: { kind: 'unknown' } }, `${target}: unknown`],
    ['live-observation', { target, complete: true, drift: [] }, `${target}: no drift`],
    ['live-observation', { target, complete: false, drift: [{}] }, `${target}: 1 difference, not all of it seen`],
    ['observation-coverage', { target, since: 'T', complete: true }, `${target}: since T all of it seen`],
    ['observation-coverage', { target, since: 'T', unobserved: [{}], gaps: [] }, `${target}: since T 1 time unobserved, 0 gaps`],
    ['unauthorised-change', { target, reason: 'synced x', by: 'mallory' }, `${target}: synced x (by mallory)`],
    ['drift-opened', { target, drift: [{}, {}] }, `${target}: 2 differences`],
    ['promotion-step', { step: 'status', to: 'synced' }, 'status synced'],
  ])('says of a %s %j: %s', (type, body, words) => {
    expect(recordSummary(type, body)).toBe(words);
  });

  it('never fails for what a body holds', () => {
    for (const type of EvidenceType.options) expect(() => recordSummary(type, { target: 1, drift: 'x', mapped: [] })).not.toThrow();
  });
});
