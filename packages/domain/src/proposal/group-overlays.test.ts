import { describe, expect, it } from 'vitest';
import { groupOverlays, type GroupedOverlays } from './group-overlays.ts';

function told({ services }: GroupedOverlays): readonly string[] {
  return services.flatMap(({ root, environments }) => environments.map(({ name, path, tier }) => `${root || '.'} ${name} ${tier} ${path}`));
}

describe('groupOverlays', () => {
  it.each([
    [
      'a base with overlays',
      ['overlays/prod', 'overlays/dev', 'overlays/staging'],
      ['. dev dev overlays/dev', '. staging staging overlays/staging', '. prod production overlays/prod'],
    ],
    [
      'a folder for what is deployed',
      ['deploy/kustomize/overlays/stage', 'deploy/kustomize/overlays/live'],
      ['. stage staging deploy/kustomize/overlays/stage', '. live production deploy/kustomize/overlays/live'],
    ],
    [
      'several services in one repository',
      ['apps/shop/overlays/dev', 'apps/shop/overlays/prod', 'apps/search/k8s/prod'],
      [
        'apps/search prod production apps/search/k8s/prod',
        'apps/shop dev dev apps/shop/overlays/dev',
        'apps/shop prod production apps/shop/overlays/prod',
      ],
    ],
    [
      'services below their environments',
      ['clusters/prod/shop', 'clusters/dev/shop', 'clusters/dev/search'],
      ['. dev-search dev clusters/dev/search', '. dev-shop dev clusters/dev/shop', '. prod-shop production clusters/prod/shop'],
    ],
    [
      'regions',
      ['environments/prod-eu', 'environments/prod-us', 'environments/staging'],
      ['. staging staging environments/staging', '. prod-eu production environments/prod-eu', '. prod-us production environments/prod-us'],
    ],
    [
      'a folder of environments by every name',
      ['shop/overlays/dev', 'shop/overlays/eu'],
      ['shop dev dev shop/overlays/dev', 'shop eu dev shop/overlays/eu'],
    ],
    ['a single folder whose name says nothing', ['deploy'], ['. deploy dev deploy']],
    ['names that say nothing', ['shop', 'search'], ['. search dev search', '. shop dev shop']],
  ])('tells %s', (_, paths, expected) => {
    expect(told(groupOverlays(paths, 'found'))).toEqual(expected);
  });

  it('leaves examples and folders of other names out where there is better, and says so', () => {
    const { leftOut, services } = groupOverlays(['examples/dev', 'overlays/dev', 'monitoring', '', 'clusters/dev/flux-system'], 'found');

    expect(services.map(({ environments }) => environments.map(({ path }) => path))).toEqual([['overlays/dev']]);
    expect(leftOut.map(({ path }) => path)).toEqual(['.', 'clusters/dev/flux-system', 'examples/dev', 'monitoring']);
  });

  it('takes what a person chose', () => {
    expect(told(groupOverlays(['examples/dev', 'overlays/dev', 'monitoring'], 'chosen'))).toEqual([
      '. dev dev overlays/dev',
      '. monitoring dev monitoring',
      'examples dev dev examples/dev',
    ]);
  });

  it('gives no two environments of a service one name', () => {
    const [service] = groupOverlays(['env/dev', 'overlays/dev'], 'found').services;

    expect(service?.environments.map(({ name }) => name)).toEqual(['dev', 'dev-2']);
  });
});
