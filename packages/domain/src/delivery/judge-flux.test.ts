import { describe, expect, it } from 'vitest';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { commit, elsewhere, newer, older, without } from './fixtures/delivered-example.ts';
import {
  deliveredByFlux,
  expectedOfFlux,
  healthy,
  judgedFlux,
  nested,
  ready,
  release,
  revision,
  source,
  withConditions,
} from './fixtures/flux-example.ts';
import type { InventoryHealth } from './inventory-health.ts';
import type { ObservedFlux } from './observed-flux.ts';

type Row = readonly [string, ObservedFlux, DeliveryVerdict['kind']];

const failing = [
  { type: 'Reconciling', status: 'True', reason: 'ProgressingWithRetry' },
  { type: 'Ready', status: 'False', reason: 'BuildFailed' },
] as const;
const applied = (lastApplied: string, lastAttempted = lastApplied): ObservedFlux => ({ ...deliveredByFlux, lastApplied, lastAttempted });
const unassessed: ObservedFlux = { ...deliveredByFlux, conditions: [ready] };
const health = (status: string, unseen: readonly string[] = []): InventoryHealth => ({
  observedAt: deliveredByFlux.observedAt,
  objects: [{ ref: { group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'web' }, status }],
  unseen,
});

it('is delivered where every fact of the rule holds', () => {
  expect(judgedFlux(deliveredByFlux)).toEqual({
    kind: 'delivered',
    reason: `Flux applied ${revision(commit)}, ready and healthy`,
    commit,
    since: ready.at,
  });
});

describe('a trap', () => {
  it.each<Row>([
    ['1: Ready is of the commit before', applied(revision(older)), 'not-yet'],
    ['1: ready a moment before it says what it applied', applied(revision(older), revision(commit)), 'in-progress'],
    ['2: a commit that was skipped', applied(revision(newer)), 'superseded'],
    ['3: suspended, and looks handled', { ...deliveredByFlux, suspended: true, requestedAt: 'a', handledAt: 'a' }, 'suspended'],
    ['3: its source is suspended', { ...deliveredByFlux, origin: { ...source, suspended: true } }, 'suspended'],
    [
      '4: handled, and waits for a dependency',
      { ...withConditions({ type: 'Ready', status: 'False', reason: 'DependencyNotReady' }), requestedAt: 'a', handledAt: 'a' },
      'blocked',
    ],
    ['5: a rollout that fails and goes on trying', { ...withConditions(...failing), observedGeneration: 1 }, 'failed'],
    ['6: broke after the last look', { ...deliveredByFlux, ownHealth: health('Degraded') }, 'degraded'],
    ['6: deleted after the last look', { ...deliveredByFlux, ownHealth: health('Missing') }, 'out-of-sync'],
    ['6: health was never assessed', unassessed, 'unknown'],
    [
      '7: health is checked, of the revision that comes',
      withConditions({ type: 'Ready', status: 'Unknown', reason: 'Progressing' }),
      'in-progress',
    ],
    ['11: it is being deleted', { ...deliveredByFlux, deleting: true }, 'unknown'],
    ['12: a release of another chart is tried', madeRelease({ attempted: { revision: '1.3.0', configDigest: 'sha256:c' } }), 'in-progress'],
    ['12: a release whose values changed', madeRelease({ attempted: { revision: '1.2.3', configDigest: 'sha256:d' } }), 'in-progress'],
    ['12: a Kustomization among them is behind', madeNested({ lastApplied: revision(older), lastAttempted: revision(older) }), 'not-yet'],
    ['13: an artifact that names no commit', artifact({}), 'unknown'],
    ['13: an artifact made from the commit', artifact({ lastAppliedOrigin: `main@sha1:${commit}` }), 'delivered'],
    ['14: the controller stands still', { ...withConditions({ type: 'Ready', at: '2026-11-23T15:00:00Z' }), history: [] }, 'stale'],
  ])('%s', (_trap, seen, kind) => {
    expect(judgedFlux(seen).kind).toBe(kind);
  });

  it('8: a commit that left the folder alone counts as the one before it', () => {
    const expected = { ...expectedOfFlux, containment: { [newer]: 'contains' as const } };

    expect(judgedFlux(applied(revision(newer)), expected).kind).toBe('delivered');
  });
});

function madeRelease(change: Partial<typeof release>): ObservedFlux {
  return { ...deliveredByFlux, made: [{ kind: 'HelmRelease', release: { ...release, ...change } }] };
}

function madeNested(change: Partial<typeof nested>): ObservedFlux {
  return { ...deliveredByFlux, made: [{ kind: 'Kustomization', nested: { ...nested, ...change } }] };
}

function artifact(change: Partial<ObservedFlux>): ObservedFlux {
  const digest = `latest@sha256:${'e'.repeat(64)}`;
  return {
    ...deliveredByFlux,
    origin: { ...source, kind: 'OCIRepository', revision: digest },
    lastApplied: digest,
    lastAttempted: digest,
    ...change,
  };
}

describe('a source', () => {
  it('that is ahead takes nothing from what was applied', () => {
    expect(judgedFlux({ ...deliveredByFlux, origin: { ...source, revision: revision(newer) } }).kind).toBe('delivered');
  });

  const fetching = { ...without(source, 'revision'), conditions: [] };

  it.each<Row>([
    [
      'does not exist',
      { ...deliveredByFlux, origin: { found: false, kind: 'GitRepository', namespace: 'flux-system', name: 'x' } },
      'unknown',
    ],
    ['has fetched nothing yet', { ...deliveredByFlux, origin: fetching }, 'not-yet'],
    ['can not be fetched', { ...deliveredByFlux, origin: { ...fetching, conditions: [{ ...ready, status: 'False' }] } }, 'unknown'],
  ])('that %s', (_what, seen, kind) => {
    expect(judgedFlux(seen).kind).toBe(kind);
  });
});

describe('a failure', () => {
  const artifactFailed = [failing[0], { ...failing[1], reason: 'ArtifactFailed' }] as const;

  it.each<Row>([
    ['of a newer commit', { ...withConditions(...failing), lastAttempted: revision(newer) }, 'superseded'],
    ['of an earlier commit', { ...withConditions(...failing), lastAttempted: revision(older) }, 'not-yet'],
    ['of a commit that nobody knows', { ...withConditions(...failing), lastAttempted: revision(elsewhere) }, 'unknown'],
    ['that is not of the last request', { ...withConditions(...failing), requestedAt: 'b', handledAt: 'a' }, 'in-progress'],
    ['of the specification before', { ...withConditions(...failing), generation: 3 }, 'in-progress'],
    ['of an artifact without the path', { ...withConditions(...artifactFailed), lastAttempted: revision(older) }, 'failed'],
    ['that only a change helps', withConditions({ type: 'Stalled', status: 'True', reason: 'InvalidCELExpression' }), 'failed'],
    ['that was of the specification before', withConditions({ type: 'Stalled', status: 'True', observedGeneration: 1 }), 'delivered'],
    ['that it does not explain', withConditions({ type: 'Ready', status: 'False', reason: 'Whatever' }), 'unknown'],
    [
      'of health checks that a newer revision ended',
      withConditions({ type: 'Ready', status: 'False', reason: 'HealthCheckCanceled' }),
      'in-progress',
    ],
  ])('%s', (_what, seen, kind) => {
    expect(judgedFlux(seen).kind).toBe(kind);
  });
});

describe('health', () => {
  it.each<Row>([
    ['that failed', withConditions({ type: 'Healthy', status: 'False', reason: 'HealthCheckFailed' }), 'degraded'],
    ['of the specification before', withConditions({ ...healthy, observedGeneration: 1 }), 'in-progress'],
    ['that only we assessed', { ...unassessed, ownHealth: health('Healthy') }, 'delivered'],
    ['that we could not see in full', { ...unassessed, ownHealth: health('Healthy', ['no right']) }, 'unknown'],
    ['that Flux assessed and we could not see in full', { ...deliveredByFlux, ownHealth: health('Healthy', ['no right']) }, 'delivered'],
    ['that nobody knows', { ...unassessed, ownHealth: health('Unknown') }, 'unknown'],
    ['that is on its way', { ...deliveredByFlux, ownHealth: health('Progressing') }, 'in-progress'],
  ])('%s', (_what, seen, kind) => {
    expect(judgedFlux(seen).kind).toBe(kind);
  });
});

describe('a HelmRelease', () => {
  const notReady = (reason: string): ObservedFlux =>
    madeRelease({ conditions: [{ type: 'Ready', status: 'False', reason, message: 'm', observedGeneration: 3 }] });

  it.each<Row>([
    ['that is deployed', madeRelease({}), 'delivered'],
    ['that is suspended', madeRelease({ suspended: true }), 'suspended'],
    ['that was rolled back', notReady('RollbackSucceeded'), 'failed'],
    ['that waits for its chart', notReady('SourceNotReady'), 'blocked'],
    ['that gave up', madeRelease({ conditions: [{ ...ready, type: 'Stalled', reason: 'RetriesExceeded' }] }), 'failed'],
    [
      'that is not deployed',
      madeRelease({ latest: { status: 'failed', chart: 'web', chartVersion: '1.2.3', configDigest: 'sha256:c' } }),
      'failed',
    ],
    ['that has installed nothing', { ...deliveredByFlux, made: [{ kind: 'HelmRelease', release: without(release, 'latest') }] }, 'unknown'],
    ['that nobody has looked at', madeRelease({ conditions: [] }), 'not-yet'],
    ['that has drifted', madeRelease({ conditions: [...release.conditions, { ...ready, type: 'Drifted' }] }), 'out-of-sync'],
    ['whose specification changed', madeRelease({ generation: 4 }), 'in-progress'],
    [
      'that can not be read',
      { ...deliveredByFlux, made: [{ kind: 'unseen', object: { kind: 'HelmRelease', namespace: 'shop', name: 'web' }, reason: '403' }] },
      'unknown',
    ],
  ])('%s', (_what, seen, kind) => {
    expect(judgedFlux(seen).kind).toBe(kind);
  });
});

describe('a regular look at what was delivered', () => {
  it('is told from a look at something new', () => {
    const looking = withConditions({ type: 'Ready', status: 'Unknown', reason: 'Progressing' });

    expect(judgedFlux(looking)).toMatchObject({ kind: 'in-progress', rechecking: true });
    expect(judgedFlux({ ...looking, lastAttempted: revision(newer) }).rechecking).toBeUndefined();
    expect(judgedFlux({ ...looking, lastApplied: revision(older), lastAttempted: revision(older) }).rechecking).toBeUndefined();
  });

  it('is asked for where it would tell more, and not while one is on its way', () => {
    expect(judgedFlux(applied(revision(older))).refresh).toBe(true);
    expect(judgedFlux({ ...applied(revision(older)), refreshPending: true }).refresh).toBeUndefined();
  });
});
