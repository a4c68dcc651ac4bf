import { NotFoundError, type Promotion, type PromotionId } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { approvalState, type ApprovalState } from './approval-state.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';

export type ReadApproval = ApprovalState & { readonly promotion: Promotion };

/** What is to be approved now, by whom, and what was said so far. Reads the change's head from the forge, never from a cache. */
export async function readApproval(ports: EnginePorts, id: PromotionId): Promise<ReadApproval> {
  const promotion = await ports.store.read((reader) => reader.promotions.get(id));
  if (promotion === 'absent') throw new NotFoundError('promotion-unknown', `no promotion ${id}`, { hint: 'fairlead promotion list' });
  const configuration = await environmentConfiguration(ports, promotion.environment);
  const change = promotion.change === undefined ? 'absent' : await configuration.repository.forge.readChange(promotion.change);
  const head = change === 'absent' ? (promotion.head ?? 'absent') : change.head;
  return { promotion, ...(await approvalState({ ports, promotion, configuration }, head)) };
}
