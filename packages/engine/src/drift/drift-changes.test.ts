import { DriftId, type DriftItem } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { followedBy, itemsAfter, noChanges } from './drift-changes.ts';
import type { DriftChanges } from './target-comparison.ts';

const item = (letter: string, rest: Partial<DriftItem> = {}): DriftItem => ({
  id: DriftId.parse(`d-${letter.repeat(32)}`),
  class: 'changed',
  severity: 'config',
  object: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'api' },
  path: '/spec/replicas',
  by: {},
  target: 'main/argocd/shop',
  firstSeen: '2026-11-24T00:00:00.000Z',
  lastSeen: '2026-11-24T00:00:00.000Z',
  ...rest,
});
const [a, b, c] = [item('a'), item('b'), item('c')];
const later = item('a', { live: 'other' });
const gone = item('a', { resolvedAt: '2026-11-24T00:00:01.000Z' });
const changes = (some: Partial<DriftChanges>): DriftChanges => ({ ...noChanges, ...some });

describe('changes that follow changes', () => {
  it('forget what opened and was resolved before anybody wrote it', () => {
    expect(followedBy(changes({ opened: [a, b] }), changes({ resolved: [gone] }))).toEqual(changes({ opened: [b] }));
    expect(followedBy(changes({ opened: [a] }), changes({ resolved: [gone] }))).toBe(noChanges);
  });

  it('keep what is resolved of what was open before', () => {
    expect(followedBy(changes({ resolved: [gone] }), changes({ resolved: [b] }))).toEqual(changes({ resolved: [gone, b] }));
    expect(followedBy(changes({ changed: [a] }), changes({ resolved: [gone] }))).toEqual(changes({ resolved: [gone] }));
  });

  it('take what is said last of an item', () => {
    expect(followedBy(changes({ opened: [a] }), changes({ opened: [b], changed: [later, c] }))).toEqual(
      changes({ opened: [later, b], changed: [c] }),
    );
    expect(followedBy(changes({ changed: [a] }), changes({ changed: [later] }))).toEqual(changes({ changed: [later] }));
  });

  it('tell both of what was resolved and opened again, and leave it open', () => {
    const both = followedBy(changes({ resolved: [gone] }), changes({ opened: [a] }));

    expect(both).toEqual(changes({ resolved: [gone], opened: [a] }));
    expect(itemsAfter(both)).toEqual([a]);
    expect(followedBy(both, changes({ resolved: [later] }))).toEqual(changes({ resolved: [gone] }));
  });
});
