import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assessDelivery } from './assess-delivery.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import { deliveryVerdicts, type ExpectedDelivery } from './delivery-verdict.ts';
import { commit, delivered, elsewhere, expected, newer, now, older, operation, without } from './fixtures/delivered-example.ts';

/** Each takes one fact away, or turns it; what is left must never look delivered. */
const spoilt: readonly ((good: ObservedArgoCd) => ObservedArgoCd)[] = [
  (good) => without(good, 'operation'),
  (good) => ({ ...good, operationPending: true }),
  (good) => ({ ...good, operation: { ...operation, info: {} } }),
  (good) => ({ ...good, operation: { ...operation, info: { 'fairlead.dev/operation': 'op-2' }, revisions: [newer] } }),
  (good) => ({ ...good, operation: { ...operation, phase: 'Running' } }),
  (good) => ({ ...good, operation: { ...operation, phase: 'Failed' } }),
  (good) => ({ ...good, operation: { ...operation, asked: {} } }),
  (good) => ({ ...good, operation: { ...operation, revisions: [] } }),
  (good) => ({ ...good, operation: { ...operation, finishedAt: '' } }),
  (good) => ({ ...good, operation: { ...operation, finishedAt: '2026-11-23T15:29:59Z' } }),
  (good) => without(good, 'reconciledAt'),
  (good) => ({ ...good, reconciledAt: '2026-11-23T15:00:00Z' }),
  (good) => ({ ...good, comparedToSpec: false }),
  (good) => ({ ...good, sync: { status: 'OutOfSync', revisions: [commit] } }),
  (good) => ({ ...good, sync: { status: 'Unknown', revisions: [commit] } }),
  (good) => ({ ...good, sync: { status: 'Synced', revisions: [] } }),
  (good) => ({ ...good, sync: { status: 'Synced', revisions: ['main'] } }),
  (good) => ({ ...good, sync: { status: 'Synced', revisions: [newer] } }),
  (good) => ({ ...good, health: { status: '' } }),
  (good) => ({ ...good, health: { status: 'Degraded' } }),
  (good) => ({ ...good, conditions: [{ type: 'SyncError', message: '' }] }),
  (good) => ({ ...good, resources: good.resources.map((resource) => ({ ...resource, requiresPruning: true })) }),
];

it('never says delivered once a fact of the rule is gone, whatever else is gone with it', () => {
  const spoilers = fc.subarray([...spoilt], { minLength: 1 });
  fc.assert(
    fc.property(spoilers, (spoil) => {
      const observation = spoil.reduce<ObservedArgoCd>((good, take) => take(good), delivered);

      expect(assessDelivery(expected, observation, now).kind).not.toBe('delivered');
    }),
  );
});

it('never says delivered without what we asked or how revisions stand to the commit', () => {
  const withoutAsked = without(expected, 'asked');
  const moved: ObservedArgoCd = { ...delivered, sync: { status: 'Synced', revisions: [elsewhere] } };

  expect(assessDelivery(withoutAsked, delivered, now).kind).toBe('unknown');
  expect(assessDelivery({ ...expected, containment: {} }, moved, now).kind).toBe('unknown');
});

const revision = fc.constantFrom(commit, older, newer, elsewhere, 'main', '', '__proto__');
const revisions = fc.array(revision, { maxLength: 3 });
const time = fc.constantFrom('2026-11-23T15:29:24Z', '2026-11-23T15:29:26Z', '2026-11-23T15:29:59Z', '', 'soon');
const maybe = <Value>(key: string, value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> =>
  fc.oneof(
    fc.constant({}),
    value.map((it) => ({ [key]: it })),
  );

const anyOperation = fc
  .tuple(
    fc.record({
      phase: fc.constantFrom('Running' as const, 'Terminating' as const, 'Succeeded' as const, 'Failed' as const, 'Error' as const),
      message: fc.constantFrom('', 'Sync operation blocked by sync window', 'x'),
      retryCount: fc.nat(),
      info: fc.constantFrom({}, { 'fairlead.dev/operation': 'op-1' }, { 'fairlead.dev/operation': 'op-2' }),
      asked: fc.constantFrom({}, operation.asked, { revisions: [commit, '1'] }, { revisions: [null] }, { revision: 1, resources: [] }),
      revisions,
      resources: fc.constant([]),
    }),
    maybe('startedAt', time),
    maybe('finishedAt', time),
    maybe('initiatedBy', fc.constantFrom({ automated: true }, { automated: false, username: 'x' })),
  )
  .map(([base, ...rest]) => Object.assign({ ...base }, ...rest));

const anyObservation: fc.Arbitrary<ObservedArgoCd> = fc
  .tuple(
    fc.record({
      operationPending: fc.boolean(),
      sync: fc.record({ status: fc.constantFrom('Synced' as const, 'OutOfSync' as const, 'Unknown' as const), revisions }),
      comparedToSpec: fc.boolean(),
      health: fc.record({ status: fc.constantFrom('Healthy', 'Degraded', 'Missing', '', 'constructor') }),
      conditions: fc.constantFrom([], [{ type: 'ComparisonError', message: 'x' }]),
    }),
    maybe('reconciledAt', time),
    maybe('operation', anyOperation),
  )
  .map(([{ ...base }, reconciled, withOperation]) => {
    return Object.assign({ ...without(without(delivered, 'operation'), 'reconciledAt'), ...base }, reconciled, withOperation);
  });

const anyExpectation: fc.Arbitrary<ExpectedDelivery> = fc.constantFrom<ExpectedDelivery>(
  expected,
  { commit, containment: {}, statusMaxAgeMs: 0 },
  { commit, operation: 'op-1', containment: { [older]: 'contains' }, statusMaxAgeMs: 1e9 },
  { ...expected, asked: { revisions: [commit, '1'] } },
);

it('has one of the named verdicts for anything that a controller may say', () => {
  fc.assert(
    fc.property(anyExpectation, anyObservation, (expectation, observation) => {
      const verdict = assessDelivery(expectation, observation, now);

      expect(deliveryVerdicts).toContain(verdict.kind);
      expect(verdict.reason).not.toBe('');
      if (verdict.kind === 'unknown') expect(verdict.missing).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});
