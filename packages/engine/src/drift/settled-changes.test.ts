import { DriftId, type DriftItem } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { settledChanges } from './settled-changes.ts';
import type { DriftChanges } from './target-comparison.ts';

const item = (letter: string): DriftItem => ({
  id: DriftId.parse(`d-${letter.repeat(32)}`),
  class: 'changed',
  severity: 'config',
  object: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'api' },
  path: '/spec/replicas',
  by: {},
  target: 'main/argocd/shop',
  firstSeen: '2026-11-24T00:00:00.000Z',
  lastSeen: '2026-11-24T00:00:00.000Z',
});
const [a, b, c] = [item('a'), item('b'), item('c')];
const changes = (some: Partial<DriftChanges>): DriftChanges => ({ opened: [], resolved: [], changed: [], ...some });

describe('settledChanges', () => {
  it('forgets what opened and was resolved before anybody wrote it', () => {
    expect(settledChanges(changes({ opened: [a, b], changed: [a] }), changes({ resolved: [a] }))).toEqual(changes({ opened: [b] }));
  });

  it('keeps what is resolved of what was open before', () => {
    expect(settledChanges(changes({ resolved: [a] }), changes({ resolved: [b] }))).toEqual(changes({ resolved: [a, b] }));
  });

  it('takes in what the later comparison found', () => {
    expect(settledChanges(changes({ opened: [a] }), changes({ opened: [b], changed: [a, c] }))).toEqual(
      changes({ opened: [a, b], changed: [a, c] }),
    );
  });
});
