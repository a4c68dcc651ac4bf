import type { Claim } from '../../ports/claims.ts';
import { approvalState } from '../../approval/approval-state.ts';
import type { PromotionContext } from '../promotion-context.ts';
import { recordStep } from '../record-step.ts';

/** Records that the quorum held for this content. */
export async function acceptApproval(context: PromotionContext): Promise<Claim> {
  const { promotion } = context;
  const { content, verdict, quorum } = await approvalState(context, promotion.head ?? 'absent');
  const by = verdict.kind === 'rejected' ? [] : verdict.by;
  return recordStep(context, {
    promotion: { ...promotion, status: verdict.kind === 'met' ? 'approved' : 'proposed', blockers: [] },
    records: [
      { type: 'gate', body: { gate: 'approval', verdict: verdict.kind, content, by, required: quorum.count, groups: quorum.groups } },
    ],
  });
}
