import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../document/json.ts';
import { SecretStore } from '../../profile/profile.ts';
import { judgeApiVersions } from './judge-api-versions.ts';
import { judgeDuplicates } from './judge-duplicates.ts';
import { imagePolicyMarker, judgeImageUpdaters } from './judge-image-updaters.ts';
import { judgeClusterScope, judgeNamespaces } from './judge-scope.ts';
import { judgeSecretKinds } from './judge-secret-kinds.ts';
import { judgeSecretStores } from './judge-secret-stores.ts';

function object(apiVersion: string, kind: string, more: JsonObject = {}): JsonObject {
  return { apiVersion, kind, metadata: { name: 'x', namespace: 'pc' }, ...more };
}

describe('judgeDuplicates', () => {
  it('finds an object that is there twice, under another version and another group, too', () => {
    const twice = [object('apps/v1', 'Deployment'), object('apps/v1beta1', 'Deployment'), object('extensions/v1beta1', 'Deployment')];

    expect(judgeDuplicates(twice).map(({ message }) => message.split(':')[0])).toEqual([
      'Deployment pc/x is there twice, as apps/v1 and as apps/v1beta1',
      'Deployment pc/x is there twice, as apps/v1 and as extensions/v1beta1',
    ]);
  });

  it('tells namespaces, names and groups apart', () => {
    const elsewhere = { ...object('v1', 'Service'), metadata: { name: 'x', namespace: 'other' } };

    expect(judgeDuplicates([object('v1', 'Service'), elsewhere, object('serving.knative.dev/v1', 'Service')])).toEqual([]);
  });
});

describe('judgeApiVersions', () => {
  it.each([
    ['extensions/v1beta1', 'Ingress', 'api-removed'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'api-removed'],
    ['v1', 'Endpoints', 'api-deprecated'],
    ['networking.k8s.io/v1', 'Ingress', undefined],
    ['example.com/v1beta1', 'Ingress', undefined],
  ])('of %s %s finds %s', (apiVersion, kind, rule) => {
    expect(judgeApiVersions([object(apiVersion, kind)])[0]?.rule).toBe(rule);
  });
});

describe('the scope of objects', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'x' } };

  it('is a namespace that is allowed, or none that the object names', () => {
    expect(judgeNamespaces([object('v1', 'ConfigMap'), role], ['pc'])).toEqual([]);
    expect(judgeNamespaces([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }], ['pc'])).toEqual([]);
    expect(judgeNamespaces([object('v1', 'ConfigMap')], ['other'])).toHaveLength(1);
  });

  it('is the whole cluster for kinds that are listed alone', () => {
    expect(judgeClusterScope([role, object('v1', 'ConfigMap')], ['ClusterRole.rbac.authorization.k8s.io'])).toEqual([]);
    expect(judgeClusterScope([role, object('v1', 'ConfigMap')], ['ClusterRole'])).toMatchObject([{ path: ['kind'] }]);
  });
});

describe('judgeSecretStores', () => {
  const vault = SecretStore.parse({ kind: 'ClusterSecretStore', name: 'vault' });
  const reading = (spec: JsonObject): JsonObject => object('external-secrets.io/v1', 'ExternalSecret', { spec });

  it('takes a store of the profile, by kind and name', () => {
    expect(judgeSecretStores([reading({ secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } })], [vault])).toEqual([]);
    expect(judgeSecretStores([reading({ secretStoreRef: { name: 'vault' } })], [vault])).toHaveLength(1);
  });

  it('looks at single entries and at what is pushed', () => {
    const entry = reading({ data: [{ sourceRef: { storeRef: { kind: 'ClusterSecretStore', name: 'own' } } }] });
    const pushed = object('external-secrets.io/v1alpha1', 'PushSecret', { spec: { secretStoreRefs: [{ name: 'own' }] } });

    expect(judgeSecretStores([entry, pushed], [vault]).map(({ path }) => path.join('.'))).toEqual([
      'spec.data.0.sourceRef.storeRef.name',
      'spec.secretStoreRefs.0.name',
    ]);
  });
});

describe('decisions', () => {
  it('od-003 takes no store but Vault', () => {
    const store = (provider: JsonObject): JsonObject => object('external-secrets.io/v1', 'SecretStore', { spec: { provider } });

    expect(judgeSecretKinds([store({ vault: {} })], [])).toEqual([]);
    expect(judgeSecretKinds([store({ aws: {} })], [])).toMatchObject([{ rule: 'od-003', path: ['spec', 'provider', 'aws'] }]);
  });

  it.each([
    ['argocd-image-updater.argoproj.io/image-list', 1],
    ['keel.sh/policy', 1],
    ['example.com/image-list', 0],
  ])('od-004 finds %s: %i', (annotation, count) => {
    const annotated = { ...object('argoproj.io/v1alpha1', 'Application'), metadata: { name: 'x', annotations: { [annotation]: 'a' } } };

    expect(judgeImageUpdaters([annotated])).toHaveLength(count);
  });

  it("od-004 finds the line of Flux' marker", () => {
    expect(imagePolicyMarker('a: 1\nimage: x # {"$imagepolicy": "flux-system:x"}\n')).toBe(2);
    expect(imagePolicyMarker('a: 1\n')).toBeUndefined();
  });
});
