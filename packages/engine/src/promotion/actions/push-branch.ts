import { ConflictError, type CommitSha } from '@fairlead/domain';
import { planOf } from '../plan-of.ts';
import { performEffect } from '../perform-effect.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';
import { planCommit } from '../plan-commit.ts';

/** Makes the planned commit, which is the same each time, and pushes it on the promotion's own branch. */
export function pushBranch(context: PromotionContext): Promise<Stepped> {
  const { promotion, configuration } = context;
  return performEffect(context, {
    step: 'push-branch',
    key: promotion.branch,
    act: async () => {
      const plan = await planOf(context.ports.store, promotion.id);
      const { git } = configuration.repository;
      const head = await git.commit(planCommit(promotion, plan));
      await pushNew(context, head);
      return {
        promotion: { ...promotion, head, blockers: [] },
        detail: head,
        record: { type: 'promotion-step', body: { step: 'push-branch', branch: promotion.branch, head } },
      };
    },
  });
}

async function pushNew({ promotion, configuration }: PromotionContext, head: CommitSha): Promise<void> {
  const pushed = await configuration.repository.git.push(promotion.branch, head, 'absent');
  if (pushed.kind !== 'moved' || pushed.head === head) return;
  throw new ConflictError('head-not-ours', `the branch ${promotion.branch} is at ${pushed.head}, which Fairlead did not make`, {
    hint: 'delete the branch, then promote again',
  });
}
