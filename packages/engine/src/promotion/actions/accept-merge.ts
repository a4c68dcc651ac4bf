import type { CommitSha, Promotion } from '@fairlead/domain';
import { approvalState } from '../../approval/approval-state.ts';
import { performEffect } from '../perform-effect.ts';
import type { PromotionContext } from '../promotion-context.ts';
import { recordStep } from '../record-step.ts';
import type { Stepped } from '../stepped.ts';

interface FoundMerge {
  readonly commit: CommitSha;
  /** The head that was merged. */
  readonly head: CommitSha | 'absent';
}

/** The forge reports the merge. An intent of ours that a killed process left is settled by it; else a person merged, which is put on record as such
 *  and counts as approved only if the approvals hold now for exactly what was merged. */
export async function acceptMerge(context: PromotionContext, { commit, head }: FoundMerge): Promise<Stepped> {
  const { promotion, ports } = context;
  const body = { head, commit, change: promotion.change?.number ?? null };
  const journal = await ports.store.read((reader) => reader.promotions.journal(promotion.id));
  const begun = journal.some(({ step, key, result }) => step === 'merge-change' && result === undefined && key.endsWith(head));
  if (!begun || promotion.head === undefined) {
    const { content, policy, verdict, quorum } = await approvalState(context, head);
    const by = verdict.kind === 'rejected' ? [] : verdict.by;
    const at = ports.clock.now().toISOString();
    const counted = verdict.kind === 'met' ? { ...promotion, approved: { content, by, at } } : withoutApproval(promotion);
    return recordStep(context, {
      promotion: { ...counted, status: 'merged', mergeCommit: commit, blockers: [] },
      records: [
        { type: 'merge', body: { ...body, by: 'somebody else' } },
        {
          type: 'gate',
          body: {
            gate: 'approval',
            verdict: verdict.kind,
            content,
            judgedUnder: policy,
            by,
            required: quorum.count,
            groups: quorum.groups,
          },
        },
      ],
    });
  }
  const merged: Promotion = { ...promotion, status: 'merged', mergeCommit: commit, blockers: [] };
  return performEffect(context, {
    step: 'merge-change',
    key: promotion.head,
    act: () => Promise.resolve({ promotion: merged, detail: commit, record: { type: 'merge', body } }),
  });
}

function withoutApproval({ approved: _notForThis, ...promotion }: Promotion): Promotion {
  return promotion;
}
