import type { Blocker, ChangeFact, CommitSha, RenderCheck, StageFacts } from '@fairlead/domain';
import { approvalState } from '../../approval/approval-state.ts';
import { pruneBlockers } from '../../delivery/prune-blockers.ts';
import { planOf } from '../plan-of.ts';
import type { PromotionContext } from '../promotion-context.ts';
import { orderBlockers } from './order-blockers.ts';
import { renderCheck } from './render-check.ts';
import { approvalBlockers, foreignHeadBlockers } from './review-blockers.ts';
import { syncGateBlockers } from './sync-gate-blockers.ts';

/** The change as it stands, who approved what it holds now, and whether merging it now would give what was approved. */
export async function reviewFacts(context: PromotionContext, now: Date): Promise<StageFacts & { readonly stage: 'review' }> {
  const change = await changeFact(context);
  if (change.kind !== 'open') return { stage: 'review', change, blockers: [], testMerge: { kind: 'matches' } };
  const approval = await approvalState(context, change.head);
  const blockers = [
    ...foreignHeadBlockers(context.promotion, change.head, now),
    ...(await orderBlockers(context, now)),
    ...(await syncGateBlockers(context, now)),
    ...approvalBlockers({ promotion: context.promotion, ...approval }, now),
  ];
  const testMerge = blockers.length > 0 || change.head === 'absent' ? { kind: 'matches' as const } : await tryMerge(context, change.head);
  return { stage: 'review', change, blockers: [...blockers, ...(await unplannedPrunes(context, testMerge, now))], testMerge };
}

/** The controller's inventory may have grown since the start: the merge may be its sync. */
async function unplannedPrunes(
  { ports, promotion, configuration }: PromotionContext,
  merge: RenderCheck,
  now: Date,
): Promise<readonly Blocker[]> {
  if (merge.kind !== 'matches' || merge.objects === undefined) return [];
  const { removes } = await planOf(ports.store, promotion.id);
  return pruneBlockers(ports, { configuration, next: { objects: merge.objects, removes } }, now);
}

async function changeFact({ promotion, configuration }: PromotionContext): Promise<ChangeFact> {
  if (promotion.change === undefined) return { kind: 'absent' };
  const change = await configuration.repository.forge.readChange(promotion.change);
  if (change === 'absent') return { kind: 'absent' };
  if (change.status === 'merged' && change.mergeCommit !== undefined)
    return { kind: 'merged', commit: change.mergeCommit, head: change.head };
  return change.status === 'closed' ? { kind: 'closed' } : { kind: 'open', head: change.head };
}

async function tryMerge(context: PromotionContext, head: CommitSha): Promise<RenderCheck> {
  const { git, branch } = context.configuration.repository;
  const base = await git.head(branch);
  if (base === 'absent') return { kind: 'not-renderable', reason: `the branch ${branch} is gone` };
  const merged = await git.mergeTree(base, head);
  return merged.kind === 'conflict' ? merged : renderCheck(context, merged.tree);
}
