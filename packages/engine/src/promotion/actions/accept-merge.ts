import type { CommitSha } from '@fairlead/domain';
import { performEffect } from '../perform-effect.ts';
import type { PromotionContext } from '../promotion-context.ts';
import { recordStep } from '../record-step.ts';
import type { Stepped } from '../stepped.ts';

/** The forge reports the merge. An intent of ours that a killed process left is settled by it; else a person merged, which is put on record as such. */
export async function acceptMerge(context: PromotionContext, commit: CommitSha): Promise<Stepped> {
  const { promotion, ports } = context;
  const merged = { ...promotion, status: 'merged' as const, mergeCommit: commit, blockers: [] };
  const body = { head: promotion.head ?? null, commit, change: promotion.change?.number ?? null };
  const journal = await ports.store.read((reader) => reader.promotions.journal(promotion.id));
  const begun = journal.some(({ step, result }) => step === 'merge-change' && result === undefined);
  if (!begun || promotion.head === undefined) {
    return recordStep(context, { promotion: merged, records: [{ type: 'merge', body: { ...body, by: 'somebody else' } }] });
  }
  return performEffect(context, {
    step: 'merge-change',
    key: promotion.head,
    act: () => Promise.resolve({ promotion: merged, detail: commit, record: { type: 'merge', body } }),
  });
}
