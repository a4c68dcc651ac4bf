import { expect, it } from 'vitest';
import { destinationOf, rendersBy } from './observe-kustomization.ts';
import { KustomizationSpec } from './schema.ts';

it.each([
  ['its own cluster', {}, { name: 'in-cluster', namespace: '' }],
  ['a namespace', { targetNamespace: 'shop' }, { name: 'in-cluster', namespace: 'shop' }],
  ['a cluster by its Secret', { kubeConfig: { secretRef: { name: 'prod-eu-kubeconfig' } } }, { name: 'prod-eu', namespace: '' }],
  ['a cluster by its ConfigMap', { kubeConfig: { configMapRef: { name: 'prod-us' } } }, { name: 'prod-us', namespace: '' }],
  [
    'no cluster of ours by a name that would mean its own',
    { kubeConfig: { secretRef: { name: 'in-cluster-kubeconfig' } } },
    { name: 'kubeconfig in-cluster-kubeconfig', namespace: '' },
  ],
])('delivers to %s', (_where, spec, expected) => {
  expect(destinationOf(spec)).toEqual(expected);
});

it.each([
  ['nothing beside the commit', {}, undefined],
  ['nothing beside the commit by what is empty', { patches: [], postBuild: {}, namePrefix: '' }, undefined],
  [
    'what its specification says beside it',
    { patches: [{ patch: 'x' }], postBuild: { substitute: { A: 'b' } }, decryption: { provider: 'sops' }, namePrefix: 'eu-' },
    ['spec.patches', 'spec.postBuild', 'spec.namePrefix', 'spec.decryption'],
  ],
])('renders by %s', (_what, spec, expected) => {
  const parsed = KustomizationSpec.parse({ sourceRef: { kind: 'GitRepository', name: 'app' }, ...spec });

  expect(rendersBy(parsed).rendersBy).toEqual(expected);
});
