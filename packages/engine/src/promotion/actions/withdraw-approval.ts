import type { Blocker } from '@fairlead/domain';
import type { PromotionContext } from '../promotion-context.ts';
import { recordStep } from '../record-step.ts';
import type { Stepped } from '../stepped.ts';

/** A gate closed again before the merge: what was approved counts no longer. */
export function withdrawApproval(context: PromotionContext, blockers: readonly Blocker[]): Promise<Stepped> {
  const { approved: _withdrawn, ...promotion } = context.promotion;
  return recordStep(context, {
    promotion: { ...promotion, status: 'proposed', blockers },
    records: [{ type: 'gate', body: { gate: 'approval', verdict: 'short', by: [], because: blockers.map(({ code }) => code) } }],
  });
}
