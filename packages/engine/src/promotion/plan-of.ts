import { InvariantError, Plan, type PromotionId } from '@fairlead/domain';
import type { Store } from '../ports/store.ts';

/** The plan as stored with the promotion. */
export async function planOf(store: Store, id: PromotionId): Promise<Plan> {
  const plan = await store.read((reader) => reader.promotions.plan(id));
  if (plan === 'absent') throw new InvariantError('plan-unknown', `promotion ${id} has no stored plan`);
  return Plan.parse(plan);
}
