import { describe, expect, it } from 'vitest';
import { assessDelivery } from './assess-delivery.ts';
import type { DeliveryObservation } from './delivery-observation.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { ObservedOperation } from './observed-argocd.ts';
import type { DeliveryVerdict, ExpectedDelivery } from './delivery-verdict.ts';
import { commit, delivered, elsewhere, expected, newer, now, older, operation, without } from './fixtures/delivered-example.ts';

const ref = { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web-config' };

function seen(change: Partial<ObservedArgoCd>, ofOperation: Partial<ObservedOperation> = {}): ObservedArgoCd {
  return { ...delivered, operation: { ...operation, ...ofOperation }, ...change };
}

function synced(ofOperation: Partial<ObservedOperation>): ObservedArgoCd {
  return seen({}, ofOperation);
}

interface Case {
  readonly when: string;
  readonly of: DeliveryObservation;
  readonly asked?: ExpectedDelivery;
  readonly at?: Date;
  readonly verdict: DeliveryVerdict['kind'];
  readonly reason: RegExp;
  readonly missing?: string;
  readonly names?: string;
}

const comparisonCases: readonly Case[] = [
  {
    when: 'the comparison is older than the end of the sync',
    of: seen({ reconciledAt: '2026-11-23T15:29:24Z' }),
    verdict: 'in-progress',
    reason: /has not compared since/,
  },
  { when: 'the status is too old', of: delivered, at: new Date('2026-11-23T15:35:27Z'), verdict: 'stale', reason: /361 s old/ },
  {
    when: 'the status is from the future',
    of: delivered,
    at: new Date('2026-11-23T15:20:00Z'),
    verdict: 'stale',
    reason: /566 s ahead of our clock/,
  },
  {
    when: 'the end of the sync is missing',
    of: synced({ finishedAt: 'soon' }),
    verdict: 'unknown',
    reason: /no end/,
    missing: 'status.operationState.finishedAt',
  },
  {
    when: 'the time of the comparison is missing',
    of: without(delivered, 'reconciledAt'),
    verdict: 'unknown',
    reason: /no full comparison/,
    missing: 'status.reconciledAt',
  },
  {
    when: 'the render broke after the sync',
    of: seen({
      conditions: [
        { type: 'SharedResourceWarning', message: 'w' },
        { type: 'ComparisonError', message: 'kustomize build', at: '2026-11-23T15:29:28Z' },
      ],
    }),
    verdict: 'unknown',
    reason: /ComparisonError: kustomize build/,
    missing: 'status.sync',
  },
  {
    when: 'the specification changed since',
    of: seen({ comparedToSpec: false }),
    verdict: 'unknown',
    reason: /another source/,
    missing: 'status.sync.comparedTo',
  },
  {
    when: 'sync is unknown',
    of: seen({ sync: { status: 'Unknown', revisions: [commit] } }),
    verdict: 'unknown',
    reason: /could not compare/,
    missing: 'status.sync.status',
  },
  {
    when: "the compared revision is a branch's name",
    of: seen({ sync: { status: 'Synced', revisions: ['main'] } }),
    verdict: 'unknown',
    reason: /compared with main, not with a commit/,
    missing: 'status.sync.revision',
  },
  {
    when: 'there is no compared revision',
    of: seen({ sync: { status: 'Synced', revisions: [] } }),
    verdict: 'unknown',
    reason: /compared with nothing/,
    missing: 'status.sync.revision',
  },
  {
    when: 'the branch has newer inputs',
    of: seen({ sync: { status: 'OutOfSync', revisions: [newer] } }),
    verdict: 'head-moved',
    reason: /newer inputs at c+/,
    names: newer,
  },
  {
    when: 'the controller still compares with the commit before',
    of: seen({ sync: { status: 'OutOfSync', revisions: [older] } }),
    verdict: 'not-yet',
    reason: /compares with b+, which does not have a+/,
    names: older,
  },
  {
    when: "the branch's commit is a stranger",
    of: seen({ sync: { status: 'Synced', revisions: [elsewhere] } }),
    verdict: 'unknown',
    reason: /how d+ stands/,
    missing: 'status.sync.revision',
    names: elsewhere,
  },
  {
    when: 'the branch moved without a change of the inputs',
    of: seen({ sync: { status: 'Synced', revisions: [newer] } }),
    asked: { ...expected, containment: { [newer]: 'contains' } },
    verdict: 'delivered',
    reason: /in sync and healthy/,
    names: commit,
  },
  {
    when: 'each of several sources is where it was pinned',
    of: seen(
      { sync: { status: 'Synced', revisions: [commit, '1.2.3'] } },
      { asked: { revisions: [commit, '1.2.3'] }, revisions: [commit, '1.2.3'] },
    ),
    asked: { ...expected, asked: { revisions: [commit, '1.2.3'] } },
    verdict: 'delivered',
    reason: /in sync/,
    names: commit,
  },
  {
    when: 'one of several sources has gone on from where it was pinned',
    of: seen(
      { sync: { status: 'Synced', revisions: [commit, '1.2.4'] } },
      { asked: { revisions: [commit, '1.2.3'] }, revisions: [commit, '1.2.3'] },
    ),
    asked: { ...expected, asked: { revisions: [commit, '1.2.3'] } },
    verdict: 'head-moved',
    reason: /newer inputs at 1.2.4/,
    names: '1.2.4',
  },
  {
    when: 'an object asked not to be pruned',
    of: seen(
      { resources: [{ ref, requiresPruning: true, hook: false }] },
      { resources: [{ ref, status: 'PruneSkipped', message: 'ignored (no prune)' }] },
    ),
    verdict: 'out-of-sync',
    reason: /not pruned: .*web-config \(ignored \(no prune\)\)/,
  },
  {
    when: 'an object is left that should have been pruned',
    of: seen({ resources: [{ ref, requiresPruning: true, hook: false }] }),
    verdict: 'out-of-sync',
    reason: /not pruned: \/ConfigMap\/shop\/web-config/,
  },
  {
    when: 'only a finished hook is left',
    of: seen({ resources: [{ ref, requiresPruning: true, hook: true }] }),
    verdict: 'delivered',
    reason: /in sync/,
  },
  {
    when: 'live differs',
    of: seen({
      sync: { status: 'OutOfSync', revisions: [commit] },
      resources: [{ ref, sync: 'OutOfSync', requiresPruning: false, hook: false }],
    }),
    verdict: 'out-of-sync',
    reason: /live differs from desired: \/ConfigMap/,
  },
  {
    when: 'live differs and no object is named',
    of: seen({ sync: { status: 'OutOfSync', revisions: [commit] } }),
    verdict: 'out-of-sync',
    reason: /^live differs from desired$/,
  },
  {
    when: 'many objects differ',
    of: seen({
      sync: { status: 'OutOfSync', revisions: [commit] },
      resources: Array.from({ length: 7 }, () => ({ ref, sync: 'OutOfSync', requiresPruning: false, hook: false })),
    }),
    verdict: 'out-of-sync',
    reason: /and 2 more$/,
  },
  {
    when: 'the status is just young enough',
    of: delivered,
    at: new Date('2026-11-23T15:35:26Z'),
    verdict: 'delivered',
    reason: /in sync/,
  },
  {
    when: 'as many objects differ as are shown',
    of: seen({
      sync: { status: 'OutOfSync', revisions: [commit] },
      resources: Array.from({ length: 5 }, () => ({ ref, sync: 'OutOfSync', requiresPruning: false, hook: false })),
    }),
    verdict: 'out-of-sync',
    reason: /web-config$/,
  },
];

const healthCases: readonly Case[] = [
  {
    when: 'pods are starting',
    of: seen({ health: { status: 'Progressing', message: 'Caused by apps/Deployment' } }),
    verdict: 'in-progress',
    reason: /health is Progressing: Caused by/,
  },
  { when: 'nothing is alive yet', of: seen({ health: { status: 'Missing' } }), verdict: 'in-progress', reason: /health is Missing$/ },
  { when: 'a workload is degraded', of: seen({ health: { status: 'Degraded' } }), verdict: 'degraded', reason: /Degraded/ },
  { when: 'a workload is paused', of: seen({ health: { status: 'Suspended' } }), verdict: 'suspended', reason: /Suspended/ },
  {
    when: 'health has a name that we do not know',
    of: seen({ health: { status: 'toString' } }),
    verdict: 'unknown',
    reason: /health is toString/,
    missing: 'status.health.status',
  },
  {
    when: 'health is missing',
    of: seen({ health: { status: '' } }),
    verdict: 'unknown',
    reason: /not given/,
    missing: 'status.health.status',
  },
  {
    when: 'every fact is there',
    of: delivered,
    verdict: 'delivered',
    reason: /our operation op-1 synced a+, in sync and healthy/,
    names: commit,
  },
];

const groups = { comparisonCases, healthCases };

for (const [group, cases] of Object.entries(groups)) {
  describe(group, () => {
    it.each(cases)('says $verdict when $when', ({ of, asked = expected, at = now, ...wanted }) => {
      const verdict = assessDelivery(asked, of, at);

      expect(verdict.kind).toBe(wanted.verdict);
      expect(verdict.reason).toMatch(wanted.reason);
      if (wanted.missing !== undefined) expect(verdict.missing).toBe(wanted.missing);
      if (wanted.names !== undefined) expect(verdict.commit).toBe(wanted.names);
    });
  });
}
