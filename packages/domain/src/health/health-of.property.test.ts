import fc from 'fast-check';
import { expect, it } from 'vitest';
import { healthOf } from './health-of.ts';
import { healthStatuses, worstHealth } from './health.ts';

const kinds = ['apps/v1 Deployment', 'apps/v1 StatefulSet', 'batch/v1 Job', 'v1 Pod', 'argoproj.io/v1alpha1 Rollout', 'example.com/v1 Any'];

it('is one of the six, whatever an object looks like', () => {
  const parts = fc.dictionary(fc.constantFrom('metadata', 'spec', 'status'), fc.jsonValue());

  fc.assert(
    fc.property(fc.constantFrom(...kinds), parts, (named, rest) => {
      const [apiVersion = '', kind = ''] = named.split(' ');
      expect(healthStatuses).toContain(healthOf({ ...rest, apiVersion, kind }).status);
    }),
  );
});

it('of several is the worst, in whatever order', () => {
  const healths = fc.array(fc.constantFrom(...healthStatuses).map((status) => ({ status })));

  fc.assert(
    fc.property(healths, (all) => {
      const worst = worstHealth(all).status;
      expect(worstHealth(all.toReversed()).status).toBe(worst);
      expect(all.length === 0 ? ['Healthy'] : all.map(({ status }) => status)).toContain(worst);
      expect(all.every(({ status }) => healthStatuses.indexOf(status) <= healthStatuses.indexOf(worst))).toBe(true);
    }),
  );
});
