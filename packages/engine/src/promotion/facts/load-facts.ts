import { InvariantError, type StageFacts } from '@fairlead/domain';
import type { PromotionContext } from '../promotion-context.ts';
import { deliveryFacts } from './delivery-facts.ts';
import { mergeFacts } from './merge-facts.ts';
import { reviewFacts } from './review-facts.ts';
import { validationFacts } from './validation-facts.ts';

/** Observes what the promotion's stage is decided by, and nothing more. */
export async function loadFacts(context: PromotionContext, now: Date): Promise<StageFacts> {
  const { status } = context.promotion;
  switch (status) {
    case 'planned':
      return { stage: 'planned', blockers: [] };
    case 'proposed':
    case 'approved':
      return reviewFacts(context, now);
    case 'merged':
      return mergeFacts(context, now);
    case 'syncing':
      return deliveryFacts(context, now);
    case 'synced':
    case 'validating':
      return validationFacts(context);
    case 'ready':
    case 'failed':
    case 'replaced':
    case 'aborted':
    case 'rolled-back':
      throw new InvariantError('promotion-ended', `promotion ${context.promotion.id} has ended as ${status}`);
  }
}
