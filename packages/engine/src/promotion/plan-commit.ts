import { promotionMessage, type Plan, type Promotion } from '@fairlead/domain';
import type { NewCommit } from '../ports/git.ts';

/** The commit that the plan describes: the same bytes each time it is made. */
export function planCommit(promotion: Promotion, plan: Plan): NewCommit {
  return { parents: [plan.base], base: plan.base, edits: plan.edits, message: promotionMessage(plan, promotion.id), at: new Date(plan.at) };
}
