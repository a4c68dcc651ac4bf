import { deliveryTargets, InvariantError, type StageFacts, type TargetFact } from '@fairlead/domain';
import { judgeTarget } from '../../delivery/judge-target.ts';
import { sameTarget } from '../../delivery/same-target.ts';
import type { PromotionContext } from '../promotion-context.ts';

/** Each target looked at now, in the environment's order. */
export async function deliveryFacts(context: PromotionContext, now: Date): Promise<StageFacts> {
  const { promotion, configuration } = context;
  if (promotion.mergeCommit === undefined)
    throw new InvariantError('merge-unknown', `promotion ${promotion.id} syncs without a merge commit`);
  const targets: TargetFact[] = [];
  for (const target of deliveryTargets(configuration.environment)) {
    const sync = promotion.syncs.findLast((attempt) => sameTarget(attempt.target, target) && attempt.asked !== undefined);
    const { verdict, unmet } = await judgeTarget(context, { target, sync }, now);
    const { syncToRevision } = context.ports.delivery[target.controller].capabilities;
    targets.push({
      target,
      verdict,
      unmet,
      ...(syncToRevision ? {} : { goesWithBranch: true as const }),
      ...(sync === undefined ? {} : { requestedAt: sync.requestedAt }),
    });
  }
  return {
    stage: 'delivery',
    targets,
    order: configuration.environment.spec.delivery.order,
    syncTimeoutMs: configuration.policy.syncTimeoutMs,
  };
}
