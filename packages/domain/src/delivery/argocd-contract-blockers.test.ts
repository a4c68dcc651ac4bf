import { describe, expect, it } from 'vitest';
import type { Blocker } from '../blocker/blocker.ts';
import { contractBlockers } from './contract-blockers.ts';
import type { DiscoveredTarget } from './discovered-target.ts';
import { delivered, now } from './fixtures/delivered-example.ts';
import type { ObservedArgoCd, ObservedSource } from './observed-argocd.ts';
import type { Preflight, TargetContract } from './target-contract.ts';

const { target, destination } = delivered;
const nothing: Preflight = { correctWithinMs: 1_800_000, others: [], images: [] };

function blockers(change: Partial<ObservedArgoCd>, preflight?: Partial<Preflight>): readonly Blocker[] {
  const found = { ...delivered, ...change };
  const contract: TargetContract = { target, path: 'overlays/dev', branch: 'main', found };
  return contractBlockers(preflight === undefined ? contract : { ...contract, preflight: { ...nothing, ...preflight } }, now);
}

const environment: ObservedSource = { repository: 'https://git.example.com/env.git', path: 'overlays/dev', targetRevision: 'main' };
const chart: ObservedSource = { repository: 'https://charts.example.com', path: '', targetRevision: '18.6.1', chart: 'redis' };
const platform: ObservedSource = { repository: 'https://git.example.com/platform.git', path: 'addons', targetRevision: 'v1.2.0' };

describe('an application', () => {
  it.each<[string, Partial<ObservedArgoCd>, readonly string[]]>([
    ['is as declared', {}, []],
    ['has the environment among its sources', { sources: [platform, environment, chart] }, []],
    ['has it at another branch', { sources: [platform, { ...environment, targetRevision: 'next' }] }, ['source-differs']],
    ['syncs by itself', { automatedSync: true }, ['automated-sync']],
    ['is written by an image updater', { imageUpdater: ['argocd-image-updater.argoproj.io/image-list'] }, ['image-updater']],
    ['is being deleted', { deletion: { since: '2026-11-23T15:20:00Z', cascades: true } }, ['application-deleting']],
  ])('that %s, at any time', (_what, change, codes) => {
    expect(blockers(change).map(({ code }) => code)).toEqual(codes);
  });

  it.each<[string, Partial<ObservedArgoCd>, readonly string[]]>([
    ['is as declared', {}, []],
    ['is left alone', { skipsReconcile: true }, ['target-suspended']],
    ['is invalid', { conditions: [{ type: 'InvalidSpecError', message: 'no project nope' }] }, ['application-invalid']],
    ['is hydrated to another branch', { hydration: { writesTo: 'env/next', done: [] } }, ['hydrates-elsewhere']],
    ['is hydrated to its own', { hydration: { done: [] } }, []],
    ['has a chart of any version', { sources: [{ ...chart, targetRevision: '18.*' }, environment] }, ['source-open']],
    ['has a moving branch beside it', { sources: [environment, { ...platform, targetRevision: 'HEAD' }] }, ['source-open']],
    ['has values of its own branch', { sources: [environment, { ...environment, path: '', ref: 'values' }, chart] }, []],
  ])('that %s, before anything is promoted', (_what, change, codes) => {
    expect(blockers(change, {}).map(({ code }) => code)).toEqual(codes);
  });

  it('may be pointed to the chart that the environment renders, and to no other', () => {
    const source = { ...delivered.source, path: 'charts/web' };
    const contract = { target, path: 'overlays/dev', branch: 'main', found: { ...delivered, source } };

    expect(contractBlockers({ ...contract, chart: 'charts/web' }, now)).toEqual([]);
    expect(contractBlockers({ ...contract, chart: 'charts/api' }, now)).toMatchObject([
      { code: 'source-differs', expected: 'charts/api of main', observed: 'charts/web of main' },
    ]);
  });

  it('is not alone on its folder', () => {
    const other: DiscoveredTarget = {
      target: { ...target, name: 'pc-copy' },
      source: delivered.source,
      destination: { ...destination, name: 'prod-us' },
      automatedSync: false,
    };

    expect(blockers({}, { others: [other] })).toMatchObject([
      { code: 'other-application', message: 'Application argocd/pc-copy delivers overlays/dev too', who: ['operator'] },
    ]);
  });

  it('reads another repository, as its commits tell', () => {
    expect(blockers({}, { onBranch: false }).map(({ code }) => code)).toEqual(['source-elsewhere']);
    expect(blockers({}, { onBranch: true })).toEqual([]);
  });

  it('is rendered with options that no render of ours has', () => {
    const overrides = ['overlays/dev/.argocd-source.yaml'];
    const contract: TargetContract = { target, path: 'overlays/dev', branch: 'main', found: delivered, overrides };

    expect(contractBlockers(contract, now).map(({ code }) => code)).toEqual(['source-overridden']);
  });

  it('says where to correct what another object makes', () => {
    expect(blockers({ automatedSync: true, madeBy: 'ApplicationSet all' })[0]?.fix).toBe(
      'remove spec.syncPolicy.automated from Application pc-prod-eu, in ApplicationSet all, which makes it',
    );
  });
});
