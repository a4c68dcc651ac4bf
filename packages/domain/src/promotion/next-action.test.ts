import { describe, expect, it } from 'vitest';
import type { Blocker } from '../blocker/blocker.ts';
import { CommitSha } from '../desired-state/commit-sha.ts';
import type { DeliveryVerdict } from '../delivery/delivery-verdict.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { ActorId } from '../evidence/actor.ts';
import { digestOf } from '../evidence/digest.ts';
import type { ValidationRun } from '../validation/validation-run.ts';
import { nextAction } from './next-action.ts';
import { PromotionId } from './promotion-id.ts';
import type { PromotionStatus } from './promotion-status.ts';
import type { Promotion } from './promotion.ts';
import type { PhaseFact, StageFacts, TargetFact } from './stage-facts.ts';

const now = new Date('2026-01-01T12:00:00.000Z');
const head = CommitSha.parse('1'.repeat(40));
const merge = CommitSha.parse('2'.repeat(40));
const release = digestOf('release');

function promotion(status: PromotionStatus, more: Partial<Promotion> = {}): Promotion {
  return {
    id: PromotionId.parse('p-01jzzzzzzzzzzzzzzzzzzzzzzz'),
    kind: 'release',
    service: 'shop',
    environment: EnvironmentId.parse('shop/staging'),
    release: { digest: release, version: '1.0.0', commit: head },
    status,
    requestedBy: { id: ActorId.parse('local:rae'), issuer: 'local', subject: 'rae', amr: [], kind: 'person', groups: [] },
    requestedAt: '2026-01-01T11:00:00.000Z',
    plan: digestOf('plan'),
    base: head,
    content: { edits: digestOf('edits'), before: 'absent', after: digestOf('after'), policy: digestOf('policy') },
    branch: 'fairlead/shop/staging/p',
    syncs: [],
    blockers: [],
    failures: 0,
    ...more,
  };
}

const blocker: Blocker = {
  gate: 'approval',
  code: 'approvals-missing',
  message: 'one missing',
  since: now.toISOString(),
  expected: '1',
  who: [],
  fix: 'ask',
};

function review(more: Partial<StageFacts & { stage: 'review' }> = {}): StageFacts {
  return { stage: 'review', change: { kind: 'open', head }, blockers: [], testMerge: { kind: 'matches' }, ...more };
}

function target(name: string, kind: DeliveryVerdict['kind'], requestedAt?: string): TargetFact {
  const at = requestedAt === undefined ? {} : { requestedAt };
  return {
    target: { controller: 'argocd', cluster: 'c', namespace: 'argocd', name },
    verdict: { kind, reason: `is ${kind}` },
    unmet: [],
    ...at,
  };
}

function delivery(targets: readonly TargetFact[], order: 'one-by-one' | 'together' = 'one-by-one'): StageFacts {
  return { stage: 'delivery', targets, order, syncTimeoutMs: 600_000 };
}

function run(status: ValidationRun['status']): ValidationRun {
  return {
    environment: EnvironmentId.parse('shop/staging'),
    phase: 'routes',
    attempt: 1,
    retry: 0,
    release,
    revision: merge,
    status,
    requestedBy: 'local:rae',
    requestedAt: now.toISOString(),
    checks: [{ name: 'api', kind: 'http', verdict: 'failed', expected: '200', observed: '503', durationMs: 4 }],
  };
}

const recently = '2026-01-01T11:59:00.000Z';

describe('nextAction', () => {
  it.each<[string, Promotion, StageFacts, string]>([
    ['pushes first', promotion('planned'), { stage: 'planned', blockers: [] }, 'push-branch'],
    ['opens the change once pushed', promotion('planned', { head }), { stage: 'planned', blockers: [] }, 'open-change'],
    ['waits with the plan while something blocks it', promotion('planned'), { stage: 'planned', blockers: [blocker] }, 'wait'],
    ['waits for approvals', promotion('proposed'), review({ blockers: [blocker] }), 'wait'],
    ['accepts the approval when no gate is left', promotion('proposed'), review(), 'accept-approval'],
    ['merges what is approved', promotion('approved'), review(), 'merge-change'],
    ['takes the approval back when a gate closes', promotion('approved'), review({ blockers: [blocker] }), 'withdraw-approval'],
    [
      'does not merge what would render differently',
      promotion('approved'),
      review({ testMerge: { kind: 'differs', digest: 'x' } }),
      'wait',
    ],
    ['does not merge a conflict', promotion('approved'), review({ testMerge: { kind: 'conflict', paths: ['a'] } }), 'wait'],
    ['does not merge what does not render', promotion('approved'), review({ testMerge: { kind: 'not-renderable', reason: 'x' } }), 'wait'],
    ['does not merge a branch that is gone', promotion('approved'), review({ change: { kind: 'open', head: 'absent' } }), 'wait'],
    [
      'accepts a merge that is there already',
      promotion('approved'),
      review({ change: { kind: 'merged', commit: merge, head } }),
      'accept-merge',
    ],
    ['ends when the change was closed', promotion('proposed'), review({ change: { kind: 'closed' } }), 'end'],
    ['ends when the change is gone', promotion('proposed'), review({ change: { kind: 'absent' } }), 'end'],
    [
      'starts the delivery of what was approved',
      promotion('merged'),
      { stage: 'merged', render: { kind: 'matches' }, blockers: [] },
      'start-delivery',
    ],
    [
      'never syncs a merge that differs',
      promotion('merged'),
      { stage: 'merged', render: { kind: 'differs', digest: 'x' }, blockers: [] },
      'wait',
    ],
    ['asks for the sync', promotion('syncing'), delivery([target('a', 'not-yet')]), 'request-sync'],
    ['waits while the controller works', promotion('syncing'), delivery([target('a', 'in-progress', recently)]), 'wait'],
    [
      'accepts the delivery of all targets',
      promotion('syncing'),
      delivery([target('a', 'delivered', recently), target('b', 'delivered', recently)]),
      'accept-delivery',
    ],
    ['ends where a sync failed', promotion('syncing'), delivery([target('a', 'failed', recently)]), 'end'],
    ['ends where a sync takes too long', promotion('syncing'), delivery([target('a', 'in-progress', '2026-01-01T11:00:00.000Z')]), 'end'],
    [
      'does not call a closed window too long',
      promotion('syncing'),
      delivery([target('a', 'blocked', '2026-01-01T11:00:00.000Z')]),
      'wait',
    ],
    ['starts to validate', promotion('synced'), { stage: 'validation', phases: [] }, 'start-validation'],
    ['judges at once where nothing is to be validated', promotion('validating'), { stage: 'validation', phases: [] }, 'assess-readiness'],
  ])('%s', (...row) => {
    const [, given, facts, expected] = row;

    expect(nextAction(given, facts, now).kind).toBe(expected);
  });

  it('delivers one target after the other where that is the order', () => {
    const action = nextAction(promotion('syncing'), delivery([target('a', 'in-progress', recently), target('b', 'not-yet')]), now);

    expect(action.kind).toBe('wait');
  });

  it('asks the second target at once where they go together', () => {
    const action = nextAction(
      promotion('syncing'),
      delivery([target('a', 'in-progress', recently), target('b', 'not-yet')], 'together'),
      now,
    );

    expect(action).toMatchObject({ kind: 'request-sync', target: { name: 'b' } });
  });

  it('asks a controller to look again where it would then know more', () => {
    const waiting = target('a', 'unknown', recently);
    const action = nextAction(promotion('syncing'), delivery([{ ...waiting, verdict: { ...waiting.verdict, refresh: true } }]), now);

    expect(action).toMatchObject({ kind: 'wait', refresh: [{ name: 'a' }] });
  });

  it.each<[string, readonly PhaseFact[], object]>([
    ['runs the first phase that has no run', [phase('a', 'passed'), phase('b')], { kind: 'run-validation', phase: 'b' }],
    ['goes on with a run that was asked for', [phase('a', 'requested')], { kind: 'run-validation', phase: 'a' }],
    [
      'stops at a required phase that failed',
      [phase('a', 'failed'), phase('b')],
      { kind: 'wait', blockers: [{ code: 'validation-failed' }] },
    ],
    ['goes on behind an optional one', [{ ...phase('a', 'failed'), required: false }, phase('b')], { kind: 'run-validation', phase: 'b' }],
    ['tries again when the delay is over', [{ ...phase('a', 'failed'), retryAt: now }], { kind: 'run-validation', phase: 'a' }],
    [
      'waits for the delay',
      [{ ...phase('a', 'failed'), retryAt: new Date(now.getTime() + 1) }],
      { kind: 'wait', until: new Date(now.getTime() + 1) },
    ],
    ['judges when all have passed', [phase('a', 'passed')], { kind: 'assess-readiness' }],
  ])('%s', (_behaviour, phases, expected) => {
    expect(nextAction(promotion('validating'), { stage: 'validation', phases }, now)).toMatchObject(expected);
  });

  it('says of what was merged past a gate that its controller syncs it all the same', () => {
    const facts: StageFacts = { stage: 'merged', render: { kind: 'differs', digest: 'x' }, blockers: [blocker], syncsByItself: true };

    const action = nextAction(promotion('merged'), facts, now);

    const blockers = action.kind === 'wait' ? action.blockers : [];
    expect(blockers.map(({ code }) => code)).toEqual(['merged-differs', 'approvals-missing']);
    for (const { message, fix } of blockers) {
      expect(message).toMatch(/so it runs, or will$/);
      expect(fix).toMatch(/^revert the merge/);
    }
  });

  it('ends where a controller has passed the commit that goes where its branch goes', () => {
    const passed = target('a', 'superseded', recently);

    expect(nextAction(promotion('syncing'), delivery([{ ...passed, goesWithBranch: true }]), now)).toEqual({
      kind: 'end',
      status: 'failed',
      reason: 'a: is superseded',
    });
    expect(nextAction(promotion('syncing'), delivery([passed]), now).kind).toBe('wait');
  });

  it('names the failed checks in the blocker', () => {
    const action = nextAction(promotion('validating'), { stage: 'validation', phases: [phase('routes', 'failed')] }, now);

    expect(action.kind === 'wait' && action.blockers[0]?.message).toContain('api: 503');
  });
});

function phase(name: string, status?: ValidationRun['status']): PhaseFact {
  return { name, required: true, ...(status === undefined ? {} : { run: run(status) }) };
}
