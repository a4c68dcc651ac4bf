import { describe, expect, it } from 'vitest';
import { aggregatedKinds, isAggregated } from './aggregated-discovery.ts';

const at = '2026-11-23T15:30:00Z';
const verbs = ['get', 'list', 'watch'];

function resource(name: string, kind: string, rest: object = {}): object {
  return { resource: name, responseKind: { group: '', version: '', kind }, scope: 'Namespaced', verbs, ...rest };
}

function groups(...items: readonly object[]): object {
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items };
}

describe('aggregated discovery', () => {
  it('tells each kind in the version that is preferred, and one that only another version has in that', () => {
    const { kinds, gaps } = aggregatedKinds(
      [
        groups({ versions: [{ version: 'v1', resources: [resource('pods', 'Pod')] }] }),
        groups({
          metadata: { name: 'shop.example.com' },
          versions: [
            { version: 'v1', freshness: 'Current', resources: [resource('widgets', 'Widget')] },
            { version: 'v1beta1', resources: [resource('widgets', 'Widget'), resource('gadgets', 'Gadget', { scope: 'Cluster' })] },
          ],
        }),
      ],
      at,
    );

    expect(kinds).toEqual([
      { group: '', version: 'v1', kind: 'Pod', resource: 'pods', namespaced: true, verbs, custom: false },
      { group: 'shop.example.com', version: 'v1', kind: 'Widget', resource: 'widgets', namespaced: true, verbs, custom: true },
      { group: 'shop.example.com', version: 'v1beta1', kind: 'Gadget', resource: 'gadgets', namespaced: false, verbs, custom: true },
    ]);
    expect(gaps).toEqual([]);
  });

  it('has a gap where the server behind a group is away, and none where it is not', () => {
    const stale = { metadata: { name: 'metrics.k8s.io' }, versions: [{ version: 'v1beta1', freshness: 'Stale', resources: [] }] };
    const fine = { metadata: { name: 'apps' }, versions: [{ version: 'v1', resources: [resource('deployments', 'Deployment')] }] };

    const { kinds, gaps } = aggregatedKinds([groups(stale, fine)], at);

    expect(kinds.map(({ kind }) => kind)).toEqual(['Deployment']);
    expect(gaps).toMatchObject([{ group: 'metrics.k8s.io', version: 'v1beta1', kind: '*', since: at }]);
  });

  it('leaves out what has no kind', () => {
    const odd = [{ resource: 'a', verbs }, { resource: 'b', responseKind: null, verbs }, resource('c', '')];

    expect(aggregatedKinds([groups({ versions: [{ version: 'v1', resources: odd }] })], at).kinds).toEqual([]);
  });

  it('is not what an old server says', () => {
    expect([{ kind: 'APIGroupList', groups: [] }, undefined, 'x'].map(isAggregated)).toEqual([false, false, false]);
  });
});
