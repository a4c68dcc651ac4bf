import { describe, expect, it } from 'vitest';
import { assessDelivery } from './assess-delivery.ts';
import type { DeliveryObservation } from './delivery-observation.ts';
import type { ObservedArgoCd, ObservedOperation, OperationResource } from './observed-argocd.ts';
import type { DeliveryVerdict, ExpectedDelivery } from './delivery-verdict.ts';
import { commit, delivered, elsewhere, expected, newer, now, older, operation, without } from './fixtures/delivered-example.ts';

const anyOperation = without(without(expected, 'operation'), 'asked');

function seen(change: Partial<ObservedArgoCd>, ofOperation: Partial<ObservedOperation> = {}): ObservedArgoCd {
  return { ...delivered, operation: { ...operation, ...ofOperation }, ...change };
}

function synced(ofOperation: Partial<ObservedOperation>): ObservedArgoCd {
  return seen({}, ofOperation);
}

const byHand: Partial<ObservedOperation> = { info: {}, initiatedBy: { username: 'mallory', automated: false } };

const failedHook: OperationResource = {
  ref: { group: 'batch', version: 'v1', kind: 'Job', namespace: 'shop', name: 'pre' },
  status: '',
  message: '',
  hook: 'PreSync',
  hookPhase: 'Failed',
};
const failedObject: OperationResource = {
  ref: { group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
  status: 'SyncFailed',
  message: 'invalid',
};

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

const withoutOperation: readonly Case[] = [
  {
    when: 'the application is absent',
    of: { kind: 'absent', target: delivered.target, observedAt: '' },
    verdict: 'unknown',
    reason: /argocd\/pc-prod-eu on cluster prod-eu; our operation op-1 went with it/,
    missing: 'application',
  },
  {
    when: 'an operation is written and not taken up',
    of: { ...without(delivered, 'operation'), operationPending: true },
    verdict: 'in-progress',
    reason: /not taken it up/,
  },
  {
    when: 'nothing was ever synced',
    of: without(delivered, 'operation'),
    asked: anyOperation,
    verdict: 'not-yet',
    reason: /made no operation/,
  },
  {
    when: 'our operation is gone without a trace',
    of: without(delivered, 'operation'),
    verdict: 'not-yet',
    reason: /our operation op-1 is not there any more/,
  },
  {
    when: 'the specification is invalid',
    of: { ...without(delivered, 'operation'), conditions: [{ type: 'InvalidSpecError', message: 'no project nope' }] },
    verdict: 'unknown',
    reason: /InvalidSpecError: no project nope/,
    missing: 'status.sync',
  },
  {
    when: 'desired or live could not be loaded',
    of: { ...without(delivered, 'operation'), sync: { status: 'Unknown', revisions: [] } },
    verdict: 'unknown',
    reason: /could not compare/,
    missing: 'status.sync.status',
  },
];

const runningCases: readonly Case[] = [
  {
    when: 'a deletion waits for somebody to confirm it',
    of: seen({ operationPending: true }, { phase: 'Running', message: 'waiting for pruning confirmation of ConfigMap/old' }),
    verdict: 'blocked',
    reason: /old: somebody has to confirm by the annotation/,
  },
  {
    when: 'our operation runs',
    of: seen({
      operation: { ...without(operation, 'finishedAt'), phase: 'Running', message: 'waiting for completion of hook batch/Job/pre' },
    }),
    verdict: 'in-progress',
    reason: /our operation op-1 is running: waiting for completion of hook/,
  },
  {
    when: 'it runs and says nothing',
    of: synced({ phase: 'Running', message: '' }),
    verdict: 'in-progress',
    reason: /^our operation op-1 waits for its retry$/,
  },
  { when: 'it is being terminated', of: synced({ phase: 'Terminating' }), verdict: 'in-progress', reason: /is being terminated/ },
  {
    when: 'it succeeded and the controller has not closed it',
    of: seen({ operationPending: true }),
    verdict: 'in-progress',
    reason: /our operation op-1 ends/,
  },
  {
    when: 'a sync window holds it',
    of: synced({ phase: 'Running', message: 'Sync operation blocked by sync window' }),
    verdict: 'blocked',
    reason: /sync window: our operation op-1 waits/,
  },
  {
    when: "somebody else's operation runs",
    of: synced({ ...byHand, phase: 'Running' }),
    verdict: 'in-progress',
    reason: /an operation by mallory/,
  },
];

const failedCases: readonly Case[] = [
  {
    when: 'a hook and an object failed, which it names',
    of: synced({ phase: 'Failed', message: 'one or more tasks failed', resources: [failedHook, failedObject] }),
    verdict: 'failed',
    reason: /one or more tasks failed \(PreSync hook Job shop\/pre, Service shop\/web\)/,
  },
  {
    when: 'our operation failed',
    of: synced({ phase: 'Failed', message: 'one or more objects failed to apply' }),
    verdict: 'failed',
    reason: /our operation op-1 failed: one or more objects/,
  },
  {
    when: 'our operation failed and the render is broken since',
    of: seen(
      { conditions: [{ type: 'ComparisonError', message: 'x' }], sync: { status: 'Unknown', revisions: ['main'] } },
      { phase: 'Error' },
    ),
    verdict: 'failed',
    reason: /our operation op-1 failed/,
  },
  {
    when: "somebody else's operation failed and ours is to be made",
    of: synced({ ...byHand, phase: 'Failed' }),
    verdict: 'not-yet',
    reason: /our operation is not there: an operation by mallory failed/,
  },
  {
    when: 'a sync of the commit failed and any would do',
    of: synced({ ...byHand, phase: 'Failed' }),
    asked: anyOperation,
    verdict: 'failed',
    reason: /an operation by mallory failed/,
  },
  {
    when: 'a sync of an older revision failed and any would do',
    of: synced({ ...byHand, phase: 'Failed', revisions: [older] }),
    asked: anyOperation,
    verdict: 'not-yet',
    reason: /failed/,
  },
];

const ourRequestCases: readonly Case[] = [
  {
    when: 'fields of an earlier operation leaked into ours',
    of: synced({ asked: { ...operation.asked, resources: [{ kind: 'Service', name: 'web' }] } }),
    verdict: 'unknown',
    reason: /something else than was asked/,
    missing: 'status.operationState.operation.sync',
  },
  {
    when: 'what we asked is not on record',
    of: delivered,
    asked: { ...anyOperation, operation: 'op-1' },
    verdict: 'unknown',
    reason: /not on record/,
    missing: 'expected.asked',
  },
  {
    when: 'the result names another revision',
    of: synced({ revisions: [newer] }),
    verdict: 'unknown',
    reason: new RegExp(`synced ${newer}, not ${commit}`),
    missing: 'status.operationState.syncResult.revision',
  },
  {
    when: 'the result names no revision',
    of: synced({ revisions: [] }),
    verdict: 'unknown',
    reason: /synced no named revision/,
    missing: 'status.operationState.syncResult.revision',
  },
  {
    when: 'the result has a revision for fewer sources than were asked for',
    of: synced({ asked: { revisions: [commit, '1.2.3'] } }),
    asked: { ...expected, asked: { revisions: [commit, '1.2.3'] } },
    verdict: 'unknown',
    reason: /not/,
    missing: 'status.operationState.syncResult.revision',
  },
  {
    when: 'we asked for no exact revision',
    of: synced({ asked: {}, revisions: [''] }),
    asked: { ...expected, asked: {} },
    verdict: 'unknown',
    reason: /not/,
    missing: 'status.operationState.syncResult.revision',
  },
  {
    when: 'we asked for another commit than is expected',
    of: synced({ asked: { revision: older }, revisions: [older] }),
    asked: { ...expected, asked: { revision: older } },
    verdict: 'unknown',
    reason: /synced/,
    missing: 'status.operationState.syncResult.revision',
  },
  {
    when: 'one of several sources was synced elsewhere than where we pinned it',
    of: synced({ asked: { revisions: [commit, '1.2.3'] }, revisions: [commit, '1.2.4'] }),
    asked: { ...expected, asked: { revisions: [commit, '1.2.3'] } },
    verdict: 'unknown',
    reason: /1.2.4, not/,
    missing: 'status.operationState.syncResult.revision',
  },
];

const foreignCases: readonly Case[] = [
  {
    when: 'an older revision was synced',
    of: synced({ ...byHand, revisions: [older] }),
    verdict: 'not-yet',
    reason: /an operation by mallory synced b+, which does not have a+/,
    names: older,
  },
  {
    when: 'newer inputs were synced',
    of: synced({ ...byHand, revisions: [newer] }),
    verdict: 'superseded',
    reason: /newer inputs/,
    names: newer,
  },
  {
    when: 'the synced revision is a stranger',
    of: synced({ ...byHand, revisions: [elsewhere] }),
    verdict: 'unknown',
    reason: /not known/,
    missing: 'status.operationState.syncResult.revision',
  },
  {
    when: 'no synced revision is named',
    of: synced({ ...byHand, revisions: [] }),
    verdict: 'unknown',
    reason: /an unnamed revision/,
    missing: 'status.operationState.syncResult.revision',
  },
  {
    when: 'only some resources were synced',
    of: synced({ ...byHand, asked: { resources: [{ kind: 'Service', name: 'web' }] } }),
    verdict: 'unknown',
    reason: /only in part/,
    missing: 'status.operationState.operation.sync',
  },
  {
    when: 'it was a dry run',
    of: synced({ ...byHand, asked: { dryRun: true } }),
    verdict: 'unknown',
    reason: /on trial/,
    missing: 'status.operationState.operation.sync',
  },
  {
    when: 'somebody else synced the commit',
    of: synced(byHand),
    verdict: 'unauthorised',
    reason: /an operation by mallory synced it, not our operation op-1/,
  },
  {
    when: 'automated sync brought the commit',
    of: synced({ info: {}, initiatedBy: { automated: true } }),
    verdict: 'unauthorised',
    reason: /automated sync/,
  },
  {
    when: 'nobody is named for the sync',
    of: synced({ info: {}, initiatedBy: { automated: false } }),
    verdict: 'unauthorised',
    reason: /somebody unnamed/,
  },
  {
    when: 'somebody else synced the commit and any sync would do',
    of: synced(byHand),
    asked: anyOperation,
    verdict: 'delivered',
    reason: /an operation by mallory/,
    names: commit,
  },
  {
    when: 'another operation of Fairlead synced the commit',
    of: synced({ info: { 'fairlead.dev/operation': 'op-2' }, asked: { revision: commit, dryRun: false, resources: null } }),
    verdict: 'delivered',
    reason: /operation op-2 by fairlead:alice/,
    names: commit,
  },
  {
    when: 'an older revision was synced and is what another request of ours asked for',
    of: synced({ ...byHand, revisions: [older, '1.2.3'] }),
    asked: { ...expected, asked: { revisions: [older, '1.2.3'] } },
    verdict: 'unknown',
    reason: /synced 1.2.3/,
  },
  {
    when: 'an older revision was synced and is the only one that we asked for',
    of: synced({ ...byHand, revisions: [older] }),
    asked: { ...expected, asked: { revision: older } },
    verdict: 'not-yet',
    reason: /does not have/,
  },
];

const groups = { withoutOperation, runningCases, failedCases, ourRequestCases, foreignCases };

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
