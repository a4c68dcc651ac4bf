import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deliveryVerdicts } from './delivery-verdict.ts';
import { commit, elsewhere, newer, older, without } from './fixtures/delivered-example.ts';
import { deliveredByFlux, expectedOfFlux, judgedFlux, nested, ready, release, revision, source } from './fixtures/flux-example.ts';
import type { FluxCondition } from './flux-state.ts';
import type { ObservedFlux } from './observed-flux.ts';

type Spoil = (good: ObservedFlux) => ObservedFlux;

const condition =
  (type: string, change: Partial<FluxCondition>): Spoil =>
  (good) => ({ ...good, conditions: good.conditions.map((one) => (one.type === type ? { ...one, ...change } : one)) });

/** Each takes one fact away, or turns it; what is left must never look delivered. */
const spoilt: readonly Spoil[] = [
  (good) => ({ ...good, suspended: true }),
  (good) => ({ ...good, origin: { ...source, suspended: true } }),
  (good) => ({ ...good, origin: { found: false, kind: 'GitRepository', namespace: 'flux-system', name: 'app' } }),
  (good) => ({ ...good, origin: without(source, 'revision') }),
  (good) => ({ ...good, deleting: true }),
  (good) => ({ ...good, generation: 3 }),
  (good) => ({ ...good, observedGeneration: -1 }),
  (good) => without(good, 'observedGeneration'),
  (good) => without(good, 'lastApplied'),
  (good) => without(good, 'lastAttempted'),
  (good) => ({ ...good, lastAttempted: revision(newer) }),
  (good) => ({ ...good, lastApplied: revision(older), lastAttempted: revision(older) }),
  (good) => ({ ...good, lastApplied: revision(elsewhere), lastAttempted: revision(elsewhere) }),
  (good) => ({ ...good, lastApplied: `main/${commit}`, lastAttempted: `main/${commit}` }),
  (good) => ({ ...good, lastApplied: commit, lastAttempted: commit }),
  (good) => ({ ...good, conditions: [] }),
  (good) => ({ ...good, conditions: good.conditions.filter(({ type }) => type !== 'Ready') }),
  (good) => ({ ...good, conditions: good.conditions.filter(({ type }) => type !== 'Healthy') }),
  (good) => ({ ...good, conditions: [...good.conditions, { ...ready, type: 'Stalled' }] }),
  condition('Ready', { status: 'False' }),
  condition('Ready', { status: 'Unknown' }),
  condition('Ready', { observedGeneration: 1 }),
  condition('Healthy', { status: 'False' }),
  condition('Healthy', { status: 'Unknown' }),
  condition('Healthy', { observedGeneration: 1 }),
  (good) => condition('Ready', { at: '2026-11-23T12:00:00Z' })({ ...good, history: [] }),
  (good) => ({ ...good, made: [{ kind: 'HelmRelease', release: { ...release, suspended: true } }] }),
  (good) => ({ ...good, made: [{ kind: 'HelmRelease', release: without(release, 'latest') }] }),
  (good) => ({ ...good, made: [{ kind: 'Kustomization', nested: { ...nested, lastApplied: revision(older) } }] }),
  (good) => ({ ...good, made: [{ kind: 'unseen', object: { kind: 'HelmRelease', namespace: 'a', name: 'b' }, reason: '403' }] }),
];

it('never says delivered once a fact of the rule is gone, whatever else is gone with it', () => {
  expect(judgedFlux(deliveredByFlux).kind).toBe('delivered');
  fc.assert(
    fc.property(fc.subarray([...spoilt], { minLength: 1 }), (spoil) => {
      const observation = spoil.reduce<ObservedFlux>((good, take) => take(good), deliveredByFlux);

      expect(judgedFlux(observation).kind).not.toBe('delivered');
    }),
  );
});

const anyRevision = fc.constantFrom(revision(commit), revision(older), revision(newer), revision(elsewhere), 'main', '', '__proto__');
const anyTime = fc.constantFrom('2026-11-23T15:29:26Z', '2020-01-01T00:00:00Z', '', 'soon');
const anyCondition: fc.Arbitrary<FluxCondition> = fc.record(
  {
    type: fc.constantFrom('Ready', 'Healthy', 'Reconciling', 'Stalled', 'Drifted'),
    status: fc.constantFrom('True' as const, 'False' as const, 'Unknown' as const),
    reason: fc.constantFrom('', 'Progressing', 'ProgressingWithRetry', 'DependencyNotReady', 'ArtifactFailed', 'constructor'),
    message: fc.constantFrom('', 'm'),
    observedGeneration: fc.constantFrom(0, 1, 2),
    at: anyTime,
  },
  { requiredKeys: ['type', 'status', 'reason', 'message'] },
);

const anyObservation: fc.Arbitrary<ObservedFlux> = fc
  .record(
    {
      suspended: fc.boolean(),
      observedGeneration: fc.constantFrom(-1, 1, 2),
      conditions: fc.array(anyCondition, { maxLength: 4 }),
      lastApplied: anyRevision,
      lastAttempted: anyRevision,
      history: fc.constantFrom([], deliveredByFlux.history),
      origin: fc.constantFrom(source, { ...source, kind: 'OCIRepository' }, without(source, 'revision')),
      made: fc.constantFrom([], [{ kind: 'HelmRelease' as const, release }], [{ kind: 'Kustomization' as const, nested }]),
      requestedAt: fc.constantFrom('a', 'b'),
      handledAt: fc.constantFrom('a'),
    },
    { requiredKeys: ['suspended', 'conditions', 'history', 'origin', 'made'] },
  )
  .map((change) => ({ ...without(without(without(deliveredByFlux, 'lastApplied'), 'lastAttempted'), 'observedGeneration'), ...change }));

it('has one of the named verdicts for anything that Flux may say, and names what is missing', () => {
  fc.assert(
    fc.property(anyObservation, (observation) => {
      const verdict = judgedFlux(observation, expectedOfFlux);

      expect(deliveryVerdicts).toContain(verdict.kind);
      expect(verdict.reason).not.toBe('');
      if (verdict.kind === 'unknown') expect(verdict.missing).toBeDefined();
      if (verdict.kind === 'delivered') expect(observation.lastApplied).toBe(revision(commit));
    }),
    { numRuns: 2000 },
  );
});
