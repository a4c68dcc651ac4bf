import type { Blocker } from '../blocker/blocker.ts';
import type { CommitSha } from '../desired-state/commit-sha.ts';
import type { DeliveryTarget } from '../delivery/delivery-target.ts';
import type { DeliveryVerdict } from '../delivery/delivery-verdict.ts';
import type { Promotion } from './promotion.ts';
import { afterTheFact, blockersOfDelivery, blockersOfMerge, blockersOfPhases } from './stage-blockers.ts';
import type { PhaseFact, StageFacts } from './stage-facts.ts';

/** The one thing to do next. `wait` names what stands in the way and when to look again at the latest. */
export type NextAction =
  | { readonly kind: 'push-branch' }
  | { readonly kind: 'open-change' }
  | { readonly kind: 'accept-approval' }
  | { readonly kind: 'withdraw-approval'; readonly blockers: readonly Blocker[] }
  | { readonly kind: 'merge-change'; readonly head: CommitSha }
  | { readonly kind: 'accept-merge'; readonly commit: CommitSha; readonly head: CommitSha | 'absent' }
  | { readonly kind: 'start-delivery' }
  | { readonly kind: 'request-sync'; readonly target: DeliveryTarget }
  | { readonly kind: 'accept-delivery' }
  | { readonly kind: 'start-validation' }
  | { readonly kind: 'run-validation'; readonly phase: string }
  | { readonly kind: 'assess-readiness' }
  | { readonly kind: 'end'; readonly status: 'failed' | 'aborted'; readonly reason: string }
  | {
      readonly kind: 'wait';
      readonly blockers: readonly Blocker[];
      readonly until?: Date;
      /** Controllers that would know more after they looked again. */
      readonly refresh?: readonly DeliveryTarget[];
    };

const minute = 60_000;
const day = 86_400_000;

/** What a promotion does next, from what was observed. Pure and total: the same facts give the same action. */
export function nextAction(promotion: Promotion, facts: StageFacts, now: Date): NextAction {
  switch (facts.stage) {
    case 'planned':
      return whenPlanned(promotion, facts.blockers);
    case 'review':
      return whenReviewed(promotion, facts, now);
    case 'merged':
      return whenMerged(facts, now);
    case 'delivery':
      return whenDelivering(promotion, facts, now);
    case 'validation':
      return whenValidating(promotion, facts.phases, now);
  }
}

function whenPlanned(promotion: Promotion, blockers: readonly Blocker[]): NextAction {
  if (blockers.length > 0) return { kind: 'wait', blockers };
  return promotion.head === undefined ? { kind: 'push-branch' } : { kind: 'open-change' };
}

function whenReviewed(promotion: Promotion, facts: StageFacts & { stage: 'review' }, now: Date): NextAction {
  const { change, blockers } = facts;
  if (change.kind === 'merged') return { kind: 'accept-merge', commit: change.commit, head: change.head };
  if (change.kind === 'closed') return { kind: 'end', status: 'aborted', reason: 'the change was closed without a merge' };
  if (change.kind === 'absent') return { kind: 'end', status: 'aborted', reason: 'the change is gone from the forge' };
  const until = new Date(now.getTime() + minute);
  if (blockers.length > 0) {
    return promotion.status === 'approved' ? { kind: 'withdraw-approval', blockers } : { kind: 'wait', blockers, until };
  }
  if (promotion.status === 'proposed') return { kind: 'accept-approval' };
  const differing = blockersOfMerge('test-merge', facts.testMerge, now);
  if (differing.length > 0 || change.head === 'absent') return { kind: 'wait', blockers: differing, until };
  return { kind: 'merge-change', head: change.head };
}

function whenMerged(facts: StageFacts & { stage: 'merged' }, now: Date): NextAction {
  const found = [...blockersOfMerge('merged', facts.render, now), ...facts.blockers];
  const blockers = facts.syncsByItself === true ? found.map(afterTheFact) : found;
  return blockers.length > 0 ? { kind: 'wait', blockers, until: new Date(now.getTime() + minute) } : { kind: 'start-delivery' };
}

function whenDelivering(promotion: Promotion, facts: StageFacts & { stage: 'delivery' }, now: Date): NextAction {
  for (const { target, requestedAt, verdict, unmet, goesWithBranch } of facts.targets) {
    if (unmet.length > 0) return { kind: 'wait', blockers: unmet, until: new Date(now.getTime() + minute / 2) };
    if (verdict.kind === 'delivered') continue;
    if (verdict.kind === 'superseded' && goesWithBranch === true)
      return { kind: 'end', status: 'failed', reason: `${target.name}: ${verdict.reason}` };
    if (requestedAt === undefined) return { kind: 'request-sync', target };
    const reason = whyFailed(verdict, now.getTime() - Date.parse(requestedAt), facts.syncTimeoutMs);
    if (reason !== undefined) return { kind: 'end', status: 'failed', reason: `${target.name}: ${reason}` };
    if (facts.order === 'one-by-one') break;
  }
  const waiting = facts.targets.filter(({ verdict }) => verdict.kind !== 'delivered');
  if (waiting.length === 0) return { kind: 'accept-delivery' };
  const refresh = waiting.filter(({ verdict }) => verdict.refresh === true).map(({ target }) => target);
  return { kind: 'wait', blockers: blockersOfDelivery(promotion, waiting, now), until: new Date(now.getTime() + 2_000), refresh };
}

/** Held back on purpose, by a window or a suspension, isn't late. */
const heldBack: ReadonlySet<DeliveryVerdict['kind']> = new Set(['blocked', 'suspended']);

function whyFailed(verdict: DeliveryVerdict, waitedMs: number, syncTimeoutMs: number): string | undefined {
  if (verdict.kind === 'failed') return verdict.reason;
  if (heldBack.has(verdict.kind)) return undefined;
  // After an outage of ours the status is old: the controller has to have had a chance to say more.
  if (verdict.refresh === true && waitedMs <= syncTimeoutMs + day) return undefined;
  return waitedMs > syncTimeoutMs
    ? `not delivered ${String(Math.round(syncTimeoutMs / 1000))} s after the sync was asked for: ${verdict.reason}`
    : undefined;
}

function whenValidating(promotion: Promotion, phases: readonly PhaseFact[], now: Date): NextAction {
  if (promotion.status === 'synced') return { kind: 'start-validation' };
  for (const phase of phases) {
    const state = stateOf(phase, now);
    if (state === 'due') return { kind: 'run-validation', phase: phase.name };
    if (state === 'failed' && phase.required) {
      const blockers = blockersOfPhases([phase], now);
      return phase.retryAt === undefined ? { kind: 'wait', blockers } : { kind: 'wait', blockers, until: phase.retryAt };
    }
  }
  return { kind: 'assess-readiness' };
}

function stateOf({ run, retryAt }: PhaseFact, now: Date): 'due' | 'failed' | 'passed' {
  if (run === undefined || run.status === 'requested') return 'due';
  if (run.status === 'passed') return 'passed';
  return retryAt !== undefined && retryAt <= now ? 'due' : 'failed';
}
