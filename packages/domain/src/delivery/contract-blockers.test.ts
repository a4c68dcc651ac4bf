import { describe, expect, it } from 'vitest';
import { digestOf } from '../evidence/digest.ts';
import { contractBlockers } from './contract-blockers.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { TargetContract } from './target-contract.ts';

const target = { controller: 'argocd', cluster: 'eu', namespace: 'argocd', name: 'pc-prod' } as const;
const at = '2026-11-23T10:00:00Z';

const observed: ObservedArgoCd = {
  kind: 'observed',
  controller: 'argocd',
  target,
  uid: 'u',
  observedAt: at,
  raw: digestOf({}),
  operationPending: false,
  sync: { status: 'Synced', revisions: [] },
  comparedToSpec: true,
  health: { status: 'Healthy' },
  conditions: [],
  resources: [],
  source: { repository: 'https://git.example.com/env', path: 'environments/prod', targetRevision: 'main' },
  destination: { namespace: 'pc-prod' },
  automatedSync: false,
  vendor: {},
};

function codes(found: TargetContract['found']): readonly string[] {
  const contract = { target, path: 'environments/prod', branch: 'main', found };
  return contractBlockers(contract, new Date(at)).map(({ gate, code }) => `${gate} ${code}`);
}

const from = (source: Partial<ObservedArgoCd['source']>): ObservedArgoCd => ({
  ...observed,
  source: { ...observed.source, ...source },
});

describe('a target', () => {
  it.each<[string, TargetContract['found'], readonly string[]]>([
    ['is as declared', observed, []],
    ['is in a cluster that nobody knows', { kind: 'cluster-unknown' }, ['contract cluster-unknown']],
    ['is not there', { kind: 'absent', target, observedAt: at }, ['contract application-absent']],
    ['syncs by itself', { ...observed, automatedSync: true }, ['contract automated-sync']],
    ['delivers another folder', from({ path: 'environments/staging' }), ['contract source-differs']],
    ['delivers another branch', from({ targetRevision: 'develop' }), ['contract source-differs']],
    ['is wrong in two ways', { ...from({ path: 'x' }), automatedSync: true }, ['contract automated-sync', 'contract source-differs']],
    ['spells its folder otherwise', from({ path: './environments/prod/' }), []],
    ['follows the default branch', from({ targetRevision: 'HEAD' }), []],
    ['names the branch in full', from({ targetRevision: 'refs/heads/main' }), []],
  ])('that %s', (_what, found, expected) => {
    expect(codes(found)).toEqual(expected);
  });

  it('in an unknown cluster says how to make it known', () => {
    const [blocker] = contractBlockers({ target, path: 'p', branch: 'main', found: { kind: 'cluster-unknown' } }, new Date(at));

    expect(blocker).toMatchObject({
      message: 'pc-prod is in cluster eu, which the installation does not have',
      fix: "start the server with --cluster eu=KUBECONFIG, or add it under 'clusters' in fairlead.yaml",
    });
  });
});
