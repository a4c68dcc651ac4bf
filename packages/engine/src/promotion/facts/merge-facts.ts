import { InvariantError, type StageFacts } from '@fairlead/domain';
import type { PromotionContext } from '../promotion-context.ts';
import { renderCheck } from './render-check.ts';

/** Whether the merge commit itself renders to what was approved. */
export async function mergeFacts(context: PromotionContext): Promise<StageFacts> {
  const { mergeCommit, id } = context.promotion;
  if (mergeCommit === undefined) throw new InvariantError('merge-unknown', `promotion ${id} is merged without a merge commit`);
  return { stage: 'merged', render: await renderCheck(context, mergeCommit), blockers: [] };
}
