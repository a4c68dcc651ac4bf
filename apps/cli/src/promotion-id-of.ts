import { PromotionId } from '@fairlead/domain';
import { UsageError } from './usage-error.ts';

/** The id that a word names, with or without `promotion/`. */
export function promotionIdOf(word: string | undefined): PromotionId {
  const id = PromotionId.safeParse((word ?? '').replace(/^promotion\//, ''));
  if (id.success) return id.data;
  throw new UsageError(`${JSON.stringify(word ?? '')} is no promotion id`, 'fairlead promotion list');
}
