import type { Blocker, PromotionStatus } from '@fairlead/domain';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';
import { recordStep } from '../record-step.ts';

/** Moves the promotion on where nothing happens outside. */
export function changeStatus(
  context: PromotionContext,
  { status, blockers }: { readonly status: PromotionStatus; readonly blockers: readonly Blocker[] },
): Promise<Stepped> {
  const { promotion } = context;
  return recordStep(context, {
    promotion: { ...promotion, status, blockers },
    records: [{ type: 'promotion-step', body: { step: 'status', from: promotion.status, to: status } }],
  });
}
