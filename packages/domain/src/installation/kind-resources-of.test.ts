import { expect, it } from 'vitest';
import { kindResourcesOf } from './kind-resources-of.ts';

const cactus = { apiVersion: 'shop.example.com/v1', kind: 'Cactus', metadata: { name: 'a' } };

it('names each kind once', () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'pc' } };

  expect(kindResourcesOf([map, { ...map, metadata: { name: 'b' } }])).toEqual([
    { group: '', kind: 'ConfigMap', resource: 'configmaps', namespaced: true },
  ]);
});

it('believes a definition rather than its rules of naming', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'cacti.shop.example.com' },
    spec: { group: 'shop.example.com', scope: 'Cluster', names: { kind: 'Cactus', plural: 'cacti' } },
  };

  expect(kindResourcesOf([definition, cactus]).find(({ kind }) => kind === 'Cactus')).toEqual({
    group: 'shop.example.com',
    kind: 'Cactus',
    resource: 'cacti',
    namespaced: false,
  });
  expect(kindResourcesOf([definition]).map(({ kind }) => kind)).toEqual(['CustomResourceDefinition']);
});
