import { describe, expect, it } from 'vitest';
import { namedCommits, standingOfSources } from './argocd-standing.ts';
import { assessDelivery } from './assess-delivery.ts';
import { deliveredCommits } from './delivered-commits.ts';
import type { ExpectedDelivery } from './delivery-verdict.ts';
import { commit, delivered, elsewhere, expected, newer, now, older, operation, without } from './fixtures/delivered-example.ts';
import type { ObservedArgoCd, ObservedSource } from './observed-argocd.ts';
import { operationInfo } from './sync-request.ts';

const anyOperation: ExpectedDelivery = without(without(expected, 'operation'), 'asked');
const environment: ObservedSource = { repository: 'https://git.example.com/env.git', path: 'overlays/dev', targetRevision: 'main' };
const values: ObservedSource = { repository: 'git@git.example.com:env', path: '', targetRevision: 'main', ref: 'values' };
const platform: ObservedSource = { repository: 'https://git.example.com/platform.git', path: 'addons', targetRevision: 'v1' };
const chart: ObservedSource = { repository: 'https://charts.example.com', path: '', targetRevision: '18.*', chart: 'redis' };
const pinnedChart: ObservedSource = { ...chart, targetRevision: '18.6.1' };

function standing(sources: readonly ObservedSource[], revisions: readonly string[], asked: ExpectedDelivery = anyOperation): string {
  return standingOfSources(revisions, { expected: asked, seen: { ...delivered, sources } }).containment;
}

describe('several sources', () => {
  it.each<[string, readonly ObservedSource[], readonly string[], string]>([
    ['of one branch are all at the commit', [environment, values], [commit, commit], 'contains'],
    ['of one branch are not all at it', [environment, values], [commit, older], 'not-contained'],
    ['have a chart that the application itself pins', [pinnedChart, environment], ['18.6.1', commit], 'contains'],
    ['have a chart that nobody pins', [chart, environment], ['18.6.1', commit], 'unknown'],
    ['have a chart at another version than is pinned', [pinnedChart, environment], ['18.6.2', commit], 'unknown'],
    ['have another branch of the same repository', [environment, { ...values, targetRevision: 'values' }], [commit, elsewhere], 'unknown'],
  ])('where they %s', (...[, sources, revisions, containment]) => {
    expect(standing(sources, revisions)).toBe(containment);
  });

  it('have the commit in the source of the environment, not in the first', () => {
    const sources = [platform, environment];

    expect(standing(sources, ['v1', commit], { ...anyOperation, path: './overlays/dev/' })).toBe('contains');
    expect(standing(sources, [commit, 'v1'], { ...anyOperation, path: 'overlays/dev' })).toBe('unknown');
  });

  it('bring into the cluster the commit of the source of the environment', () => {
    const revisions = [elsewhere, commit];
    const sources = [{ ...platform, targetRevision: 'main' }, environment];
    const seen: ObservedArgoCd = {
      ...delivered,
      source: environment,
      sources,
      sync: { status: 'Synced', revisions },
      operation: { ...operation, revisions },
    };

    expect(deliveredCommits(seen)).toEqual({ delivered: commit });
  });

  it('count as we pinned them, and as newer where they went on', () => {
    const asked = { ...expected, asked: { revisions: ['18.6.1', commit] } };

    expect(standing([chart, environment], ['18.6.1', commit], asked)).toBe('contains');
    expect(standing([chart, environment], ['18.6.2', commit], asked)).toBe('differs');
    expect(standing([chart, environment], ['18.6.1', older], asked)).toBe('not-contained');
  });

  it('are delivered by somebody else too, where the application pins the rest', () => {
    const revisions = ['18.6.1', commit];
    const seen: ObservedArgoCd = {
      ...delivered,
      sources: [pinnedChart, environment],
      sync: { status: 'Synced', revisions },
      operation: { ...operation, info: {}, asked: {}, revisions },
    };

    expect(assessDelivery(anyOperation, seen, now).kind).toBe('delivered');
  });
});

describe('a hydrated application', () => {
  const hydrated = 'f'.repeat(40);
  const later = '9'.repeat(40);
  const asked = { ...expected, asked: { revision: hydrated } };

  function seen(change: Partial<ObservedArgoCd> = {}): ObservedArgoCd {
    return {
      ...delivered,
      sync: { status: 'Synced', revisions: [hydrated] },
      operation: { ...operation, asked: { revision: hydrated }, revisions: [hydrated] },
      hydration: { phase: 'Hydrated', at: commit, done: [{ dry: commit, hydrated }] },
      ...change,
    };
  }

  it('has delivered the commit that was hydrated to what is synced', () => {
    expect(assessDelivery(asked, seen(), now).kind).toBe('delivered');
    expect(assessDelivery(anyOperation, seen(), now).kind).toBe('delivered');
  });

  it('has not delivered what was hydrated from another commit', () => {
    const hydration = { done: [{ dry: older, hydrated }] };

    expect(assessDelivery(asked, seen({ hydration }), now)).toMatchObject({
      kind: 'unknown',
      missing: 'status.operationState.syncResult.revision',
    });
    expect(assessDelivery(anyOperation, seen({ hydration }), now).kind).toBe('not-yet');
  });

  it('is not known to have delivered where the hydrator does not say of which commit', () => {
    expect(assessDelivery(asked, seen({ hydration: { done: [] } }), now).kind).toBe('unknown');
    expect(assessDelivery(anyOperation, seen({ hydration: { done: [] } }), now).kind).toBe('unknown');
  });

  it('has brought into the cluster the commit, not what it became', () => {
    expect(deliveredCommits(seen())).toEqual({ delivered: commit });
  });

  it('keeps by our own operation what the hydrator has forgotten', () => {
    const info = { ...operation.info, [operationInfo.commit]: commit };
    const hydration = { done: [{ dry: newer, hydrated: later }] };
    const base = seen({ hydration, operation: { ...operation, info, asked: { revision: hydrated }, revisions: [hydrated] } });

    expect(assessDelivery(asked, base, now).kind).toBe('delivered');
    expect(assessDelivery(asked, { ...base, sync: { status: 'OutOfSync', revisions: [later] } }, now)).toMatchObject({
      kind: 'head-moved',
      commit: later,
    });
  });

  it('names the commits that were hydrated, not what became of them', () => {
    expect(namedCommits(seen())).toEqual([commit]);
    expect(namedCommits(seen({ hydration: { done: [{ dry: newer, hydrated: later }] } }))).toEqual([newer]);
  });

  it('says why there is nothing to sync', () => {
    const hydration = { phase: 'Failed', message: 'kustomize build failed', at: commit, done: [] };

    expect(assessDelivery(anyOperation, without(seen({ hydration }), 'operation'), now)).toMatchObject({
      kind: 'not-yet',
      reason: `hydrating ${commit} failed: kustomize build failed`,
    });
  });
});

describe('a branch that was written anew', () => {
  const diverged: ExpectedDelivery = { ...expected, containment: { [elsewhere]: 'diverged' } };

  it('is named, with the commit that it is at', () => {
    const seen: ObservedArgoCd = { ...delivered, sync: { status: 'OutOfSync', revisions: [elsewhere] } };

    expect(assessDelivery(diverged, seen, now)).toMatchObject({ kind: 'head-moved', commit: elsewhere });
    expect(assessDelivery(diverged, seen, now).reason).toMatch(/written anew/);
  });

  it("is named where somebody else's operation synced it", () => {
    const seen: ObservedArgoCd = { ...delivered, operation: { ...operation, info: {}, revisions: [elsewhere] } };

    expect(assessDelivery(diverged, seen, now)).toMatchObject({ kind: 'head-moved', commit: elsewhere });
  });
});
