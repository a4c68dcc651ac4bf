import type { Claim } from '../../ports/claims.ts';
import type { PromotionContext } from '../promotion-context.ts';
import { recordStep } from '../record-step.ts';

/** The merge commit renders to what was approved: that is put on record before any sync. */
export function startDelivery(context: PromotionContext): Promise<Claim> {
  const { promotion } = context;
  const { after } = promotion.content;
  return recordStep(context, {
    promotion: { ...promotion, status: 'syncing', blockers: [] },
    records: [
      { type: 'desired-state', body: { stage: 'merged', approved: after, rendered: after, commit: promotion.mergeCommit ?? null } },
    ],
  });
}
