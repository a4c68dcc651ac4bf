import { InvariantError, type CommitSha } from '@fairlead/domain';
import type { MergeOutcome } from '../../ports/forge.ts';
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
    act: async () => settledBy(context, await configuration.repository.forge.mergeChange(change, head), head),
  });
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
