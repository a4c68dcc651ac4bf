import { expect, it } from 'vitest';
import { destinationOf } from './observe-kustomization.ts';

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
