import { describe, expect, it } from 'vitest';
import type { ObjectRef } from '@fairlead/domain';
import { watchedScopes } from './watched-scope.ts';

const refOf = (group: string, kind: string): ObjectRef => ({ group, version: 'v1', kind, namespace: 'shop', name: 'a' });
const kinds = {
  served: new Set(['apps/Deployment', '/Pod', 'rbac.authorization.k8s.io/ClusterRole']),
  clusterScoped: new Set(['rbac.authorization.k8s.io/ClusterRole']),
};

function scopesOf(ownedNamespaces: readonly string[], ...refs: readonly ObjectRef[]): ReturnType<typeof watchedScopes> {
  return watchedScopes({ cluster: 'here', namespaces: ['shop'], ownedNamespaces, refs, kinds });
}

describe('watchedScopes', () => {
  it('asks for the desired kinds and for pods where nothing is owned', () => {
    expect(scopesOf([], refOf('apps', 'Deployment'))).toEqual([
      {
        cluster: 'here',
        namespaces: ['shop'],
        kinds: [
          { group: 'apps', kind: 'Deployment' },
          { group: '', kind: 'Pod' },
        ],
      },
    ]);
  });

  it('asks for every kind where a namespace is owned', () => {
    expect(scopesOf(['shop'], refOf('apps', 'Deployment'))).toEqual([{ cluster: 'here', namespaces: ['shop'] }]);
  });

  it('asks by name for a desired kind that the cluster does not serve, so that it becomes a gap', () => {
    expect(scopesOf(['shop'], refOf('apps', 'Deployment'), refOf('external-secrets.io', 'ExternalSecret'))).toEqual([
      { cluster: 'here', namespaces: ['shop'] },
      { cluster: 'here', namespaces: ['shop'], kinds: [{ group: 'external-secrets.io', kind: 'ExternalSecret' }] },
    ]);
  });

  it('asks for what churns only where somebody desires it, and never for Secrets', () => {
    expect(scopesOf(['shop'], refOf('', 'Endpoints'), refOf('', 'Secret'))).toEqual([
      { cluster: 'here', namespaces: ['shop'] },
      { cluster: 'here', namespaces: ['shop'], kinds: [{ group: '', kind: 'Endpoints' }] },
    ]);
  });

  it('asks for kinds of the whole cluster without a namespace', () => {
    expect(scopesOf(['shop'], refOf('rbac.authorization.k8s.io', 'ClusterRole')).at(-1)).toEqual({
      cluster: 'here',
      namespaces: [],
      kinds: [{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }],
    });
  });
});
