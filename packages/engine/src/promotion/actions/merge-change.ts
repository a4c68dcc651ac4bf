import { ConflictError, InvariantError, judgeApprovals, type CommitSha } from '@fairlead/domain';
import { quorumOf } from '../../approval/quorum.ts';
import type { MergeOutcome } from '../../ports/forge.ts';
import type { Transactor } from '../../ports/store.ts';
import { performEffect, type Settled } from '../perform-effect.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';

/** Merges the reviewed head and no other. A head that moved meanwhile, or a conflict, takes the promotion back to review. */
export function mergeChange(context: PromotionContext, head: CommitSha): Promise<Stepped> {
  const { promotion, configuration } = context;
  const { change } = promotion;
  if (change === undefined) throw new InvariantError('change-unknown', `promotion ${promotion.id} has no change to merge`);
  return performEffect(context, {
    step: 'merge-change',
    key: head,
    stillHolds: (tx) => requireApproved(context, tx),
    act: async () => settledBy(context, await configuration.repository.forge.mergeChange(change, head), head),
  });
}

/** A rejection that was committed since we looked stops the merge: both write the promotion's row, so one of them is first. */
async function requireApproved({ promotion, configuration }: PromotionContext, tx: Transactor): Promise<void> {
  const { approved, id, requestedBy } = promotion;
  const approvals = await tx.approvals.of(id);
  const change = { content: approved?.content ?? promotion.plan, requestedBy: requestedBy.id, authors: [] };
  const verdict = judgeApprovals(change, approvals, quorumOf(configuration));
  if (verdict.kind === 'met') return;
  throw new ConflictError('gates-changed', `the approvals of ${id} no longer hold`, { hint: 'it goes back to review by itself' });
}

function settledBy({ promotion }: PromotionContext, outcome: MergeOutcome, head: CommitSha): Settled {
  switch (outcome.kind) {
    case 'merged':
      return {
        promotion: { ...promotion, status: 'merged', mergeCommit: outcome.commit, blockers: [] },
        detail: outcome.commit,
        record: { type: 'merge', body: { head, commit: outcome.commit, change: promotion.change?.number ?? null } },
      };
    case 'head-moved':
    case 'conflict':
    case 'refused':
      return { promotion: { ...promotion, status: 'proposed' }, detail: outcome.kind, how: 'failed' };
  }
}
