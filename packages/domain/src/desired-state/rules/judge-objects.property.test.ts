import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../document/json.ts';
import { ProvidedSecret, SecretStore } from '../../profile/profile.ts';
import { judgeApiVersions } from './judge-api-versions.ts';
import { judgeDuplicates } from './judge-duplicates.ts';
import { judgeImageUpdaters } from './judge-image-updaters.ts';
import { judgeProgressiveDelivery } from './judge-progressive-delivery.ts';
import { judgeReplicas } from './judge-replicas.ts';
import { judgeClusterScope, judgeNamespaces } from './judge-scope.ts';
import { judgeSecretKinds } from './judge-secret-kinds.ts';
import { judgeSecretReferences } from './judge-secret-references.ts';
import { judgeSecretStores } from './judge-secret-stores.ts';

const kinds = [
  'Deployment',
  'Job',
  'Secret',
  'ExternalSecret',
  'Ingress',
  'Gateway',
  'HorizontalPodAutoscaler',
  'ServiceAccount',
  'postgresql',
];
const groups = [
  'v1',
  'apps/v1',
  'batch/v1',
  'external-secrets.io/v1',
  'networking.k8s.io/v1',
  'gateway.networking.k8s.io/v1',
  'acid.zalan.do/v1',
];
const fields = [
  'metadata',
  'spec',
  'template',
  'containers',
  'volumes',
  'env',
  'envFrom',
  'tls',
  'listeners',
  'name',
  'namespace',
  'annotations',
  'image',
  'secret',
  'data',
  'users',
  '__proto__',
];

/** What looks like an object, with anything where anything may be. */
const anything = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Json>(null, true, 1, '', 'db', 'r.example.com/api:1'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('json'), { maxKeys: 4 }),
  ),
})).json;

const object = fc.record<JsonObject>({
  apiVersion: fc.oneof(fc.constantFrom<Json>(...groups), anything),
  kind: fc.oneof(fc.constantFrom<Json>(...kinds), anything),
  metadata: anything,
  spec: anything,
});

describe('rules about rendered objects', () => {
  it('have an answer for objects of any shape, and point into those that they were given', () => {
    const stores = [SecretStore.parse({ kind: 'SecretStore', name: 'vault' })];
    const provided = [ProvidedSecret.parse({ name: 'other', by: 'somebody' })];

    fc.assert(
      fc.property(fc.array(object, { maxLength: 4 }), (objects) => {
        const faults = [
          ...judgeApiVersions(objects),
          ...judgeDuplicates(objects),
          ...judgeImageUpdaters(objects),
          ...judgeProgressiveDelivery(objects),
          ...judgeNamespaces(objects, ['pc']),
          ...judgeClusterScope(objects, []),
          ...judgeSecretKinds(objects, []),
          ...judgeSecretStores(objects, stores),
          ...judgeSecretReferences(objects, provided).faults,
          ...judgeReplicas(objects, [{ name: 'api', repository: 'r.example.com/api', bounds: { min: 3 } }]),
        ];

        for (const { object: ref, message } of faults) {
          expect(message).not.toBe('');
          expect(objects.some((candidate) => candidate['kind'] === ref.kind || ref.kind === '')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('find exactly the Secrets that are needed and not made, in any order of objects', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));

    fc.assert(
      fc.property(names, names, fc.boolean(), (needed, made, reversed) => {
        const pods = needed.map((name): JsonObject => {
          const containers = [{ name: 'main', image: 'x', envFrom: [{ secretRef: { name } }] }];
          return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `pod-${name}`, namespace: 'pc' }, spec: { containers } };
        });
        const secrets = made.map((name): JsonObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'pc' } }));
        const objects = reversed ? [...secrets, ...pods] : [...pods, ...secrets].toReversed();

        const { faults } = judgeSecretReferences(objects, []);

        const missing = needed.filter((name) => !made.includes(name)).map((name) => `pod-${name}`);
        expect(faults.map(({ object: { name } }) => name).toSorted()).toEqual(missing.toSorted());
      }),
    );
  });
});
