import { expect, it } from 'vitest';
import { unprovenObjects, unprovenText } from '../desired-state/unproven-render.ts';
import { deliveredByFlux } from './fixtures/flux-example.ts';
import { unprovenTarget } from './unproven-target.ts';

it('says by which options of its own a controller renders', () => {
  const found = unprovenTarget({ ...deliveredByFlux, rendersBy: ['spec.patches', 'spec.postBuild'] });

  expect(found.map(unprovenText)).toEqual([
    'render parity unproven: prod-eu/flux-system/pc-prod-eu: it renders by spec.patches, spec.postBuild, too, which is not in the commit',
  ]);
  expect(unprovenTarget(deliveredByFlux)).toEqual([]);
});

it('says how many objects only the controller can decrypt', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'ENC[…]' }, sops: { mac: 'x' } };

  expect(unprovenObjects([secret]).map(unprovenText)).toEqual([
    'render parity unproven: 1 object is encrypted by SOPS: their values are not compared',
  ]);
  expect(unprovenObjects([{ ...secret, sops: 'a word' }])).toEqual([]);
});
