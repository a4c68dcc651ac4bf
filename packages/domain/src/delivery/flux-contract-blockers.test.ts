import { describe, expect, it } from 'vitest';
import { contractBlockers } from './contract-blockers.ts';
import { deliveredByFlux, source } from './fixtures/flux-example.ts';
import type { FluxSettings, ImageAutomation, ObservedFlux } from './observed-flux.ts';
import type { Preflight } from './target-contract.ts';
import { without } from './fixtures/delivered-example.ts';

const preflight: Preflight = { correctWithinMs: 1_800_000, onBranch: true, others: [], images: ['registry.example.com/web@sha256:1'] };
const at = new Date('2026-11-23T15:30:00Z');

function codes(seen: ObservedFlux, look: Partial<Preflight> | 'later' = {}): readonly string[] {
  const contract = { target: deliveredByFlux.target, path: 'overlays/dev', branch: 'main', found: seen };
  const judged = contractBlockers(look === 'later' ? contract : { ...contract, preflight: { ...preflight, ...look } }, at);
  return judged.map(({ gate, code }) => `${gate} ${code}`);
}

const set = (settings: Partial<FluxSettings>): ObservedFlux => ({
  ...deliveredByFlux,
  settings: { ...deliveredByFlux.settings, ...settings },
});
const from = (change: Partial<ObservedFlux['source']>): ObservedFlux => ({
  ...deliveredByFlux,
  source: { ...deliveredByFlux.source, ...change },
});
const automation: ImageAutomation = {
  namespace: 'flux-system',
  name: 'images',
  suspended: false,
  url: 'ssh://git@git.example.com/app',
  branch: 'main',
  path: './overlays',
};
const writing = (change: Partial<ImageAutomation>): ObservedFlux => ({ ...deliveredByFlux, automations: [{ ...automation, ...change }] });

describe('a Kustomization', () => {
  it.each<readonly [string, ObservedFlux, readonly string[]]>([
    ['is as declared', deliveredByFlux, []],
    ['delivers another folder', from({ path: './overlays/prod' }), ['contract source-differs']],
    ['follows a tag', from({ targetRevision: 'v1.2.3' }), ['contract source-differs']],
    ['names the branch in full', from({ targetRevision: 'refs/heads/main' }), []],
    ['reads an artifact', { ...from({ targetRevision: 'latest', path: './' }), origin: { ...source, kind: 'OCIRepository' } }, []],
    ['replaces images', set({ images: ['web'] }), ['contract images-overridden']],
    ['has another writer', writing({}), ['contract image-automation']],
    ['has a writer in its folder', writing({ path: './overlays/dev/values' }), ['contract image-automation']],
    ['has a writer to wherever', writing({ path: '', branch: '' }), ['contract image-automation']],
    ['has a writer that is suspended', writing({ suspended: true }), []],
    ['has a writer elsewhere', writing({ path: './overlays/prod' }), []],
    ['has a writer to another branch', writing({ branch: 'images' }), []],
    ['has a writer to another repository', writing({ url: 'https://git.example.com/other' }), []],
    ['is suspended', { ...deliveredByFlux, suspended: true }, ['contract target-suspended']],
    ['has a suspended source', { ...deliveredByFlux, origin: { ...source, suspended: true } }, ['contract target-suspended']],
    ['keeps what is removed', set({ prune: false }), ['contract prune-off']],
    ['assesses no health', set({ wait: false }), ['contract wait-off']],
    ['checks the health of some', set({ wait: false, healthChecks: 1 }), []],
    ['never gives up', lacking('timeoutMs'), ['contract timeout-missing']],
    ['looks once an hour', set({ intervalMs: 3_600_000 }), ['contract interval-too-long']],
    ['looks when nobody knows', lacking('intervalMs'), ['contract interval-too-long']],
  ])('that %s', (_what, seen, expected) => {
    expect(codes(seen)).toEqual(expected);
  });

  it('of another repository is told by its commits, not by its address', () => {
    expect(codes(deliveredByFlux, { onBranch: false })).toEqual(['contract source-elsewhere']);
  });

  it('beside another one on the same folder names it', () => {
    const other = { ...deliveredByFlux, target: { ...deliveredByFlux.target, name: 'also' } };

    expect(codes(deliveredByFlux, { others: [other] })).toEqual(['contract other-kustomization']);
  });

  it('may substitute what is no image', () => {
    expect(codes(set({ substitutes: true }))).toEqual([]);
    expect(codes(set({ substitutes: true }), { images: ['registry.example.com/web:${TAG}'] })).toEqual(['contract images-substituted']);
  });

  it('is judged later only by what would make its word meaningless', () => {
    expect(codes(set({ prune: false, wait: false, intervalMs: 3_600_000 }), 'later')).toEqual([]);
    expect(codes({ ...deliveredByFlux, suspended: true }, 'later')).toEqual([]);
    expect(codes(set({ images: ['web'] }), 'later')).toEqual(['contract images-overridden']);
  });

  it('that is absent is called what it is', () => {
    const { target, observedAt } = deliveredByFlux;
    const [blocker] = contractBlockers({ target, path: 'p', branch: 'main', found: { kind: 'absent', target, observedAt } }, at);

    expect(blocker).toMatchObject({ code: 'kustomization-absent', message: 'cluster prod-eu has no Kustomization flux-system/pc-prod-eu' });
  });
});

function lacking(key: 'timeoutMs' | 'intervalMs'): ObservedFlux {
  return { ...deliveredByFlux, settings: without(deliveredByFlux.settings, key) };
}
