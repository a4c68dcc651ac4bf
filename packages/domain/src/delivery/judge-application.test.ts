import { expect, it } from 'vitest';
import { assessDelivery } from './assess-delivery.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import { delivered, expected, now, operation, without } from './fixtures/delivered-example.ts';

const since = '2026-11-23T15:20:00Z';

it.each<[string, Partial<ObservedArgoCd>, string, RegExp]>([
  ['deleted with what it delivered', { deletion: { since, cascades: true } }, 'unknown', /being deleted, and what it delivered with it/],
  ['deleted alone', { deletion: { since, cascades: false } }, 'unknown', /being deleted; what it delivered stays/],
  ['left alone by its controller', { skipsReconcile: true }, 'suspended', /skip-reconcile/],
  ['in a phase that is not known', { operation: { ...operation, phase: 'Unknown', phaseSaid: 'Dreaming' } }, 'unknown', /"Dreaming"/],
])('an application that is %s has delivered nothing', (...[, change, kind, reason]) => {
  const verdict = assessDelivery(expected, { ...delivered, ...change }, now);

  expect(verdict.kind).toBe(kind);
  expect(verdict.reason).toMatch(reason);
});

it('says since when an application is being deleted, also before anything was synced', () => {
  const seen = { ...without(delivered, 'operation'), deletion: { since, cascades: true } };

  expect(assessDelivery(expected, seen, now)).toMatchObject({ kind: 'unknown', missing: 'application', since });
});
