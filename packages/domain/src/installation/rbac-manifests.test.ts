import { describe, expect, it } from 'vitest';
import { rbacManifests, type RbacSubject } from './rbac-manifests.ts';
import { shadowRbac } from './shadow-rbac.ts';

const subject: RbacSubject = { kind: 'ServiceAccount', namespace: 'fairlead', name: 'fairlead' };
const see = ['get', 'list', 'watch'];

describe('manifests of rights', () => {
  it('are a role and its binding for each namespace, with one rule for what differs in the resource alone', () => {
    const rights = [
      { group: '', resource: 'services', verbs: see, namespace: 'b' },
      { group: '', resource: 'pods', verbs: see, namespace: 'a' },
      { group: '', resource: 'configmaps', verbs: see, namespace: 'a' },
      { group: 'argoproj.io', resource: 'applications', verbs: ['patch'], names: ['web'], namespace: 'a' },
    ];

    const manifests = rbacManifests(rights, { name: 'f', subject });

    const labels = { 'app.kubernetes.io/name': 'fairlead' };
    expect(manifests.map(({ kind, metadata }) => [kind, metadata])).toEqual([
      ['Role', { name: 'f', namespace: 'a', labels }],
      ['RoleBinding', { name: 'f', namespace: 'a', labels }],
      ['Role', { name: 'f', namespace: 'b', labels }],
      ['RoleBinding', { name: 'f', namespace: 'b', labels }],
    ]);
    expect(manifests[0]?.['rules']).toEqual([
      { apiGroups: [''], resources: ['configmaps', 'pods'], verbs: see },
      { apiGroups: ['argoproj.io'], resources: ['applications'], resourceNames: ['web'], verbs: ['patch'] },
    ]);
    expect(manifests[1]).toMatchObject({ roleRef: { kind: 'Role', name: 'f' }, subjects: [subject] });
  });

  it('are of the cluster where no namespace is named', () => {
    const manifests = rbacManifests([{ group: '', resource: 'nodes', verbs: see }], { name: 'f', subject: { kind: 'User', name: 'jane' } });

    expect(manifests.map(({ kind }) => kind)).toEqual(['ClusterRole', 'ClusterRoleBinding']);
    expect(manifests[1]?.['subjects']).toEqual([{ kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' }]);
  });
});

describe('the manifest for shadow mode', () => {
  it('gives no right to write, and none on Secrets', () => {
    const text = shadowRbac();

    expect(text).not.toMatch(/- (?:create|delete|patch|update|\*|"\*"|secrets)$/m);
    expect(text).toMatch(/- configmaps$/m);
  });

  it('binds in no namespace by itself', () => {
    expect([...shadowRbac().matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind)).toEqual([
      'Namespace',
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'ClusterRole',
    ]);
  });
});
