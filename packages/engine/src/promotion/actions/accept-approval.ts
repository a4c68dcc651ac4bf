import { approvalState } from '../../approval/approval-state.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';
import { recordStep } from '../record-step.ts';

/** Records that the quorum held for this content. */
export async function acceptApproval(context: PromotionContext): Promise<Stepped> {
  const { promotion } = context;
  const { content, policy, verdict, quorum } = await approvalState(context, promotion.head ?? 'absent');
  const by = verdict.kind === 'rejected' ? [] : verdict.by;
  const at = context.ports.clock.now().toISOString();
  const approved =
    verdict.kind === 'met' ? { status: 'approved' as const, approved: { content, by, at } } : { status: 'proposed' as const };
  return recordStep(context, {
    promotion: { ...promotion, ...approved, blockers: [] },
    records: [
      {
        type: 'gate',
        body: { gate: 'approval', verdict: verdict.kind, content, judgedUnder: policy, by, required: quorum.count, groups: quorum.groups },
      },
    ],
  });
}
