import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';
import { recordStep } from '../record-step.ts';

/** The merge commit renders to what was approved: that is put on record before any sync. */
export function startDelivery(context: PromotionContext): Promise<Stepped> {
  const { promotion } = context;
  const { after } = promotion.content;
  return recordStep(context, {
    promotion: { ...promotion, status: 'syncing', blockers: [] },
    records: [
      { type: 'desired-state', body: { stage: 'merged', approved: after, rendered: after, commit: promotion.mergeCommit ?? null } },
    ],
  });
}
