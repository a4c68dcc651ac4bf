import { expect, it } from 'vitest';
import { ownKinds } from './own-kinds.ts';

const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'web' } };

it('names each kind once in each version', () => {
  const older = { ...certificate, apiVersion: 'cert-manager.io/v1alpha2' };

  expect(ownKinds([certificate, older, { ...certificate, metadata: { name: 'api' } }])).toEqual([
    { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', plural: 'certificates', namespaced: true },
    { group: 'cert-manager.io', version: 'v1alpha2', kind: 'Certificate', plural: 'certificates', namespaced: true },
  ]);
});

it('leaves out what the objects define themselves', () => {
  const names = { kind: 'Certificate', plural: 'certs' };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'certs.cert-manager.io' },
    spec: { group: 'cert-manager.io', names },
  };

  expect(ownKinds([certificate, definition]).map(({ kind }) => kind)).toEqual(['CustomResourceDefinition']);
});

it('takes a kind for one of namespaces where one of its objects has one', () => {
  const policy = { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'a' } };

  expect(ownKinds([policy]).map(({ namespaced }) => namespaced)).toEqual([false]);
  expect(ownKinds([policy, { ...policy, metadata: { name: 'b', namespace: 'shop' } }]).map(({ namespaced }) => namespaced)).toEqual([true]);
});
