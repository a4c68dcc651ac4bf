import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';
import { recordStep } from '../record-step.ts';

/** A promotion always ends: this one did not get there. */
export function endPromotion(context: PromotionContext, status: 'failed' | 'aborted', reason: string): Promise<Stepped> {
  const { promotion, ports } = context;
  const ended = { at: ports.clock.now().toISOString(), reason };
  return recordStep(context, {
    promotion: { ...promotion, status, ended, blockers: [] },
    records: [{ type: 'promotion-closure', body: { status, reason } }],
  });
}
