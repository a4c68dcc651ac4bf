import { expect, it } from 'vitest';
import { overlayPath } from './overlay-path.ts';

const shop = { folder: '/src/mono/shop', top: '/src/mono' };

it.each([
  ['overlays/dev', 'shop/overlays/dev'],
  ['overlays/dev/', 'shop/overlays/dev'],
  ['overlays/dev/kustomization.yaml', 'shop/overlays/dev'],
  ['../other', 'other'],
  ['/src/mono/other', 'other'],
  ['.', 'shop'],
  ['..', ''],
])('%s is named from the folder of the repository that was given: %s', (argument, path) => {
  expect(overlayPath(shop, argument)).toBe(path);
});

it.each(['../..', '/etc', '../../mono2/x', 'a\\b'])('%s is refused: it lies outside', (argument) => {
  expect(() => overlayPath(shop, argument)).toThrow('lies outside of /src/mono');
});
