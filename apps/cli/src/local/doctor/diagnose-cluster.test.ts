import { describe, expect, it } from 'vitest';
import { judgeCluster, type NeededAccess } from './diagnose-cluster.ts';
import type { Diagnosis } from './diagnosis.ts';

const fine = { version: 'v1.36.1', skewMs: 0, gaps: [], missing: [], excess: [] };
const needed: NeededAccess = { rights: [{ group: '', resource: 'pods', verbs: ['list'], namespace: 'pc' }], environment: 'shop/staging' };

function judged(change: Partial<Parameters<typeof judgeCluster>[0]>, access = needed): readonly Diagnosis[] {
  return judgeCluster({ ...fine, ...change }, access).filter(({ status }) => status !== 'ok');
}

describe('a cluster', () => {
  it('may be fine', () => {
    expect(judgeCluster(fine, needed).map(({ name, status }) => [name, status])).toEqual([
      ['cluster', 'ok'],
      ['cluster clock', 'ok'],
      ['cluster kinds', 'ok'],
      ['cluster rights', 'ok'],
    ]);
  });

  it.each(['v1.29.4', 'v0.9.0', 'weekly'])('of version %s is none that was tried', (version) => {
    expect(judged({ version }).map(({ name, status }) => [name, status])).toEqual([['cluster', 'warn']]);
  });

  it.each([
    [6_000, 'warn', '6 s ahead of ours'],
    [-90_000, 'warn', '90 s behind ours'],
    [3_600_000, 'fail', '3600 s ahead of ours'],
  ])('with a clock that is %i ms away is judged %s', (skewMs, status, detail) => {
    expect(judged({ skewMs })).toMatchObject([{ name: 'cluster clock', status, detail }]);
  });

  it('with a broken extension says which', () => {
    const gaps = [{ group: 'metrics.k8s.io', version: 'v1beta1', kind: '*', reason: 'away', since: '2026-11-23T15:30:00Z' }];

    expect(judged({ gaps })).toMatchObject([{ status: 'warn', detail: 'metrics.k8s.io/v1beta1: away' }]);
  });
});

describe('our rights', () => {
  const pods = { group: '', resource: 'pods', namespace: 'pc' };

  it('that are missing fail, with the command that gives them', () => {
    const missing = [
      { ...pods, verb: 'list' },
      { ...pods, verb: 'watch' },
      { group: 'argoproj.io', resource: 'applications', verb: 'patch', namespace: 'argocd', name: 'web' },
    ];

    expect(judged({ missing })).toEqual([
      {
        name: 'cluster rights',
        status: 'fail',
        detail: 'missing: list, watch pods in namespace pc\nmissing: patch applications.argoproj.io web in namespace argocd',
        fix: 'fairlead rbac -e shop/staging | kubectl apply -f -',
      },
    ]);
  });

  it('that are too many are a warning, whatever environment is meant', () => {
    const excess = [{ group: '', resource: 'secrets', verb: 'list' }];

    for (const access of [needed, { rights: [], environment: undefined }]) {
      expect(judged({ excess }, access)).toMatchObject([{ status: 'warn', detail: 'too many: list secrets in the cluster' }]);
    }
  });

  it('of which many are missing are counted at the end', () => {
    const missing = Array.from({ length: 23 }, (_, index) => ({ ...pods, resource: `kind${String(index)}`, verb: 'list' }));

    expect(judged({ missing })[0]?.detail.split('\n').at(-1)).toBe('… and 3 more');
  });
});
