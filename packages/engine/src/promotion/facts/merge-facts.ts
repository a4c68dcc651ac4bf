import { InvariantError, type Blocker, type StageFacts } from '@fairlead/domain';
import type { PromotionContext } from '../promotion-context.ts';
import { renderCheck } from './render-check.ts';

/** Whether the merge commit itself renders to what was approved. */
export async function mergeFacts(context: PromotionContext, now: Date): Promise<StageFacts> {
  const { mergeCommit, approved, id } = context.promotion;
  const { controller } = context.configuration.environment.spec.delivery;
  const { manualSync } = context.ports.delivery[controller].capabilities;
  if (mergeCommit === undefined) throw new InvariantError('merge-unknown', `promotion ${id} is merged without a merge commit`);
  return {
    stage: 'merged',
    render: await renderCheck(context, mergeCommit),
    blockers: approved === undefined ? [unauthorised(mergeCommit, now)] : [],
    ...(manualSync ? {} : { syncsByItself: true as const }),
  };
}

/** Merged by somebody before its gates were met: we don't sync it. */
function unauthorised(mergeCommit: string, now: Date): Blocker {
  return {
    gate: 'merge',
    code: 'unauthorised-change',
    message: `commit ${mergeCommit} was merged before its gates were met`,
    since: now.toISOString(),
    expected: 'approvals and order hold before the merge',
    observed: 'merged by somebody else',
    who: ['operator'],
    fix: 'revert the merge on the protected branch, or promote again with the approvals that the tier asks for',
  };
}
