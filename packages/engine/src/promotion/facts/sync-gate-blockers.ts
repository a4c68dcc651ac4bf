import type { Blocker } from '@fairlead/domain';
import { checkContract } from '../../delivery/check-contract.ts';
import type { PromotionContext } from '../promotion-context.ts';

/** Where the merge is the sync, nothing holds it back afterwards: what would block the delivery has to block the merge. */
export async function syncGateBlockers({ ports, configuration }: PromotionContext, now: Date): Promise<readonly Blocker[]> {
  const { controller } = configuration.environment.spec.delivery;
  return ports.delivery[controller].capabilities.manualSync ? [] : checkContract(ports, configuration, now);
}
