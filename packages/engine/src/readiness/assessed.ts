import type { NewEvidence } from '@fairlead/domain';
import type { JudgedTarget } from '../delivery/judge-target.ts';
import type { PromotionContext } from '../promotion/promotion-context.ts';

/** What an assessment is of: a promotion's release in its environment. */
export type Assessed = Pick<PromotionContext, 'ports' | 'promotion' | 'configuration'>;

export interface ObservedTarget extends JudgedTarget {
  readonly evidence: NewEvidence;
}
