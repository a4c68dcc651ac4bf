import { describe, expect, it } from 'vitest';
import { clusterRights, type AccessNeeded, type ClusterRight } from './cluster-rights.ts';
import { resourceOf } from './kind-resource.ts';

const none: AccessNeeded = { kinds: [], namespaces: [], targets: [], sources: [] };

function kind(group: string, name: string): ReturnType<typeof resourceOf> {
  return resourceOf({ group, kind: name, namespace: 'pc' });
}

function text({ group, resource, verbs, namespace, names }: ClusterRight): string {
  return `${verbs.join(',')} ${resource}${group === '' ? '' : `.${group}`}${namespace === undefined ? '' : ` in ${namespace}`}${names === undefined ? '' : ` named ${names.join(',')}`}`;
}

const definitions = 'get,list,watch customresourcedefinitions.apiextensions.k8s.io';

describe('the rights on a cluster', () => {
  it('are to see what is desired and its Pods, namespace by namespace', () => {
    const rights = clusterRights({
      ...none,
      kinds: [kind('apps', 'Deployment'), kind('', 'Service')],
      namespaces: [
        { name: 'a', owned: false },
        { name: 'b', owned: false },
      ],
    });

    expect(rights.map(text)).toEqual([
      definitions,
      'get,list,watch pods in a',
      'get,list,watch services in a',
      'get,list,watch deployments.apps in a',
      'get,list,watch pods in b',
      'get,list,watch services in b',
      'get,list,watch deployments.apps in b',
    ]);
  });

  it('are to see every kind where whatever nobody asked for is looked for', () => {
    const rights = clusterRights({ ...none, namespaces: [{ name: 'a', owned: true }] });

    const seen = rights.map(({ resource }) => resource);
    expect(seen).toEqual(expect.arrayContaining(['configmaps', 'networkpolicies', 'ingresses', 'rolebindings', 'cronjobs']));
  });

  it.each(['Secret', 'Event', 'Lease'])('never name %s, not even where it is desired', (name) => {
    const wanted = {
      group: name === 'Lease' ? 'coordination.k8s.io' : '',
      kind: name,
      resource: `${name.toLowerCase()}s`,
      namespaced: true,
    };

    const rights = clusterRights({ ...none, kinds: [wanted], namespaces: [{ name: 'a', owned: true }] });

    expect(rights.filter(({ resource }) => resource === wanted.resource)).toEqual([]);
  });

  it('are wide for kinds that live in no namespace, and only for them', () => {
    const rights = clusterRights({
      ...none,
      kinds: [kind('rbac.authorization.k8s.io', 'ClusterRole'), kind('apiextensions.k8s.io', 'CustomResourceDefinition')],
      namespaces: [{ name: 'a', owned: false }],
    });

    expect(rights.filter(({ namespace }) => namespace === undefined).map(text)).toEqual([
      definitions,
      'get,list,watch clusterroles.rbac.authorization.k8s.io',
    ]);
  });

  it('write the named controller objects alone', () => {
    const targets = ['web', 'api'].map((name) => ({ controller: 'argocd' as const, cluster: 'home', namespace: 'argocd', name }));

    expect(clusterRights({ ...none, targets }).map(text)).toEqual([
      definitions,
      'get,list,watch applications.argoproj.io in argocd',
      'patch applications.argoproj.io in argocd named api,web',
      'get appprojects.argoproj.io in argocd',
      'get statefulsets.apps in argocd named argocd-application-controller',
    ]);
  });

  it('write the named Kustomization and its source', () => {
    const rights = clusterRights({
      ...none,
      targets: [{ controller: 'flux', cluster: 'home', namespace: 'apps', name: 'web' }],
      sources: [{ namespace: 'flux-system', resource: 'gitrepositories', name: 'fleet' }],
    });

    expect(rights.filter(({ verbs }) => verbs.includes('patch')).map(text)).toEqual([
      'patch kustomizations.kustomize.toolkit.fluxcd.io in apps named web',
      'patch gitrepositories.source.toolkit.fluxcd.io in flux-system named fleet',
    ]);
    expect(rights.map(text)).toContain('get deployments.apps in apps named kustomize-controller');
  });
});

describe('the resource of a kind', () => {
  it.each([
    { group: '', kind: 'Endpoints', resource: 'endpoints', namespaced: true },
    { group: 'networking.k8s.io', kind: 'Ingress', resource: 'ingresses', namespaced: true },
    { group: 'networking.k8s.io', kind: 'NetworkPolicy', resource: 'networkpolicies', namespaced: true },
    { group: 'networking.k8s.io', kind: 'IngressClass', resource: 'ingressclasses', namespaced: false },
    { group: 'gateway.networking.k8s.io', kind: 'Gateway', resource: 'gateways', namespaced: true },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', resource: 'clusterroles', namespaced: false },
    { group: 'external-secrets.io', kind: 'ClusterSecretStore', resource: 'clustersecretstores', namespaced: false },
    { group: 'external-secrets.io', kind: 'ExternalSecret', resource: 'externalsecrets', namespaced: true },
  ])('$group/$kind is $resource', (expected) => {
    expect(resourceOf({ group: expected.group, kind: expected.kind })).toEqual(expected);
  });

  it('of a custom kind is in a namespace where one is given', () => {
    expect(resourceOf({ group: 'shop.example.com', kind: 'Clusterfuel', namespace: 'a' }).namespaced).toBe(true);
  });
});
