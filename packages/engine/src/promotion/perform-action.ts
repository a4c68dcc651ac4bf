import type { NextAction } from '@fairlead/domain';
import { acceptApproval } from './actions/accept-approval.ts';
import { acceptDelivery } from './actions/accept-delivery.ts';
import { acceptMerge } from './actions/accept-merge.ts';
import { endPromotion } from './actions/end-promotion.ts';
import { mergeChange } from './actions/merge-change.ts';
import { openChange } from './actions/open-change.ts';
import { pushBranch } from './actions/push-branch.ts';
import { requestSync } from './actions/request-sync.ts';
import { runValidation } from './actions/run-validation.ts';
import { assessReadinessStep } from './actions/assess-readiness-step.ts';
import { changeStatus } from './actions/change-status.ts';
import { startDelivery } from './actions/start-delivery.ts';
import { withdrawApproval } from './actions/withdraw-approval.ts';
import type { PromotionContext } from './promotion-context.ts';
import type { Stepped } from './stepped.ts';

export type Performed = Exclude<NextAction, { kind: 'wait' }>;

/** Does what was decided, and nothing else. */
export function performAction(context: PromotionContext, action: Performed): Promise<Stepped> {
  switch (action.kind) {
    case 'push-branch':
      return pushBranch(context);
    case 'open-change':
      return openChange(context);
    case 'accept-approval':
      return acceptApproval(context);
    case 'withdraw-approval':
      return withdrawApproval(context, action.blockers);
    case 'merge-change':
      return mergeChange(context, action.head);
    case 'accept-merge':
      return acceptMerge(context, action);
    case 'start-delivery':
      return startDelivery(context);
    case 'request-sync':
      return requestSync(context, action.target);
    case 'accept-delivery':
      return acceptDelivery(context);
    case 'start-validation':
      return changeStatus(context, { status: 'validating', blockers: [] });
    case 'run-validation':
      return runValidation(context, action.phase);
    case 'assess-readiness':
      return assessReadinessStep(context);
    case 'end':
      return endPromotion(context, action.status, action.reason);
  }
}
