import type { CommitSha } from '@fairlead/domain';
import type { Claim } from '../../ports/claims.ts';
import type { PromotionContext } from '../promotion-context.ts';
import { recordStep } from '../record-step.ts';

/** The forge reports the merge, by our earlier attempt or by a person there. */
export function acceptMerge(context: PromotionContext, commit: CommitSha): Promise<Claim> {
  const { promotion } = context;
  return recordStep(context, {
    promotion: { ...promotion, status: 'merged', mergeCommit: commit, blockers: [] },
    records: [{ type: 'merge', body: { head: promotion.head ?? null, commit, change: promotion.change?.number ?? null, found: true } }],
  });
}
