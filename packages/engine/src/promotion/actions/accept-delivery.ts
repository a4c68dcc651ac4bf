import { deliveryTargets, type JsonObject } from '@fairlead/domain';
import { judgeTarget } from '../../delivery/judge-target.ts';
import { observationBody } from '../../delivery/observation-body.ts';
import { sameTarget } from '../../delivery/same-target.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';
import { recordStep } from '../record-step.ts';

/** Puts what each target says on record, and moves on where all of them have delivered. A target that slipped meanwhile keeps it syncing. */
export async function acceptDelivery(context: PromotionContext): Promise<Stepped> {
  const { promotion, configuration, ports } = context;
  const records: { type: 'sync-observation'; body: JsonObject }[] = [];
  let delivered = true;
  for (const target of deliveryTargets(configuration.environment)) {
    const sync = promotion.syncs.findLast((attempt) => sameTarget(attempt.target, target));
    const { observation, verdict } = await judgeTarget(context, { target, sync }, ports.clock.now());
    delivered &&= verdict.kind === 'delivered';
    records.push({
      type: 'sync-observation',
      body: observationBody(target, { observation, verdict, sync, desired: promotion.content.after }),
    });
  }
  return recordStep(context, { promotion: { ...promotion, status: delivered ? 'synced' : 'syncing', blockers: [] }, records });
}
