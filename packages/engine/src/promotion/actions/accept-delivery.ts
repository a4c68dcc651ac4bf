import { deliveryTargets, type DeliveryObservation, type DeliveryTarget, type DeliveryVerdict, type JsonObject } from '@fairlead/domain';
import { judgeTarget } from '../../delivery/judge-target.ts';
import { sameTarget, targetName } from '../../delivery/same-target.ts';
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
    records.push({ type: 'sync-observation', body: observationBody(target, { observation, verdict, operation: sync?.operation }) });
  }
  return recordStep(context, { promotion: { ...promotion, status: delivered ? 'synced' : 'syncing', blockers: [] }, records });
}

interface Seen {
  readonly observation: DeliveryObservation;
  readonly verdict: DeliveryVerdict;
  readonly operation: string | undefined;
}

/** What the record keeps of a look at a target: the controller's own words are named by digest. */
export function observationBody(target: DeliveryTarget, { observation, verdict, operation }: Seen): JsonObject {
  const common = { target: targetName(target), verdict: { kind: verdict.kind, reason: verdict.reason }, operation: operation ?? null };
  if (observation.kind === 'absent') return common;
  return {
    ...common,
    controller: observation.controller,
    uid: observation.uid,
    observedAt: observation.observedAt,
    raw: observation.raw,
    sync: observation.sync.status,
    revisions: observation.sync.revisions,
    health: observation.health.status,
    phase: observation.operation?.phase ?? null,
    startedAt: observation.operation?.startedAt ?? null,
    finishedAt: observation.operation?.finishedAt ?? null,
  };
}
