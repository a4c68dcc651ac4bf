import { InvariantError, planSummary } from '@fairlead/domain';
import { performEffect } from '../perform-effect.ts';
import { planOf } from '../plan-of.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';

/** Opens the change, or finds the one that an earlier attempt opened. */
export function openChange(context: PromotionContext): Promise<Stepped> {
  const { promotion, configuration, ports } = context;
  const { branch, head, id, environment, release } = promotion;
  if (head === undefined) throw new InvariantError('head-unknown', `promotion ${id} has no pushed head`);
  return performEffect(context, {
    step: 'open-change',
    key: branch,
    act: async () => {
      const plan = await planOf(ports.store, id);
      const change = await configuration.repository.forge.openChange({
        branch,
        base: configuration.repository.branch,
        head,
        title: `Promote ${release.version} to ${environment}`,
        body: planSummary(plan),
        promotion: id,
      });
      return {
        promotion: { ...promotion, status: 'proposed', change: { number: change.number, url: change.url } },
        detail: String(change.number),
        record: { type: 'promotion-step', body: { step: 'open-change', number: change.number, url: change.url, head } },
      };
    },
  });
}
