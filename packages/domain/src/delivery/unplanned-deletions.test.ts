import { describe, expect, it } from 'vitest';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import { delivered } from './fixtures/delivered-example.ts';
import { deliveredByFlux } from './fixtures/flux-example.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { ObservedFlux } from './observed-flux.ts';
import { unplannedDeletions, type NextState } from './unplanned-deletions.ts';

const ref = (kind: string, name: string, namespace?: string): ObjectRef => {
  return { group: '', version: 'v1', kind, name, ...(namespace === undefined ? {} : { namespace }) };
};
const [web, old, left] = [ref('Service', 'web', 'shop'), ref('ConfigMap', 'old', 'shop'), ref('ConfigMap', 'left', 'shop')];
const next: NextState = { objects: [web], removes: [old] };
const names = (seen: ObservedFlux | ObservedArgoCd, given: NextState = next): readonly string[] =>
  unplannedDeletions(seen, given).map(({ name }) => name);

describe('what Flux would delete beyond the plan', () => {
  const flux = (inventory: readonly ObjectRef[], rest: Partial<ObservedFlux> = {}): ObservedFlux => ({
    ...deliveredByFlux,
    inventory,
    ...rest,
  });

  it('is what it applied once, and neither stays nor is removed by the plan', () => {
    expect(names(flux([web, old, left]))).toEqual(['left']);
    expect(names(flux([{ ...web, version: 'v2' }]))).toEqual([]);
  });

  it('is nothing where it does not prune', () => {
    expect(names(flux([left], { settings: { ...deliveredByFlux.settings, prune: false } }))).toEqual([]);
  });

  it('is not known where it adds or renames objects by itself', () => {
    expect(names(flux([left], { rendersBy: ['spec.namePrefix'] }))).toEqual([]);
    expect(names(flux([left], { rendersBy: ['spec.components'] }))).toEqual([]);
    expect(names(flux([left], { rendersBy: ['spec.images'] }))).toEqual(['left']);
  });

  it('is not what it puts into another namespace, nor what it names by itself', () => {
    const moved = flux([ref('Service', 'web', 'tenant')], { destination: { name: 'in-cluster', namespace: 'tenant' } });
    const open: NextState = { objects: [ref('ConfigMap', 'app-${ENV}', 'shop')], removes: [] };

    expect(names(moved)).toEqual([]);
    expect(names(flux([web]), { objects: [ref('Service', 'web')], removes: [] })).toEqual([]);
    expect(names(flux([left]), open)).toEqual([]);
    expect(names(flux([ref('Service', 'web', 'elsewhere')]))).toEqual(['web']);
  });
});

describe('what Argo CD would delete beyond the plan', () => {
  const superfluous = (found: ObjectRef, rest: object = {}) => ({ ref: found, requiresPruning: true, hook: false, ...rest });
  const seen: ObservedArgoCd = { ...delivered, resources: [superfluous(old), superfluous(left), superfluous(left, { hook: true })] };

  it('is what it finds superfluous and the plan neither keeps nor removes', () => {
    expect(names(seen)).toEqual(['left']);
    expect(names(seen, { objects: [left], removes: [old] })).toEqual([]);
  });

  it('is nothing where it is not asked to prune, or could not compare', () => {
    expect(names(seen, { objects: [web], removes: [] })).toEqual([]);
    expect(names({ ...seen, comparedToSpec: false })).toEqual([]);
    expect(names({ ...seen, sync: { ...seen.sync, status: 'Unknown' } })).toEqual([]);
  });
});
