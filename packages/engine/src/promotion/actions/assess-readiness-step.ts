import { closureBlockers, type Blocker } from '@fairlead/domain';
import { closureGaps } from '../../evidence/closure-gaps.ts';
import { closureRecord, requireWhole, type ClosureRecord } from '../../evidence/closure-record.ts';
import type { Claim } from '../../ports/claims.ts';
import { assessEnvironment, type AssessedEnvironment } from '../../readiness/assess-environment.ts';
import { requireSameExceptions } from '../../readiness/readiness-records.ts';
import { saveAssessed } from '../../readiness/save-assessed.ts';
import { keepSince } from '../keep-since.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';

const againMs = 2_000;

/** Ready: the promotion ends, with its closure record; in production only where its proof is whole. Not ready: it waits with the reasons and looks again soon. */
export async function assessReadinessStep(context: PromotionContext): Promise<Stepped> {
  const assessed = await assessEnvironment(context);
  const { verdict } = assessed;
  if (verdict.kind !== 'ready') return wait(context, assessed, verdict.blockers);
  const { ports, promotion, configuration } = context;
  const at = ports.clock.now();
  const closure = await closureRecord(ports, promotion, { at, body: { status: 'ready' }, also: assessed.records });
  const gaps = await closureGaps(ports.store, promotion, [...assessed.records, closure.record]);
  const found = closureBlockers({ promotion: promotion.id, tier: configuration.environment.spec.tier, gaps }, at);
  const unproven = keepSince(promotion.blockers, found);
  if (unproven.length > 0) return wait(context, withheld(assessed, unproven), unproven);
  return { claim: await close(context, assessed, { closure, at }) };
}

async function wait(
  { ports, promotion, claim }: PromotionContext,
  assessed: AssessedEnvironment,
  blockers: readonly Blocker[],
): Promise<Stepped> {
  const held = await ports.store.transact(async (tx) => {
    await saveAssessed(tx, promotion.environment, assessed);
    return tx.write.promotions.save({ ...promotion, blockers, failures: 0 }, claim);
  });
  return { claim: held, until: new Date(ports.clock.now().getTime() + againMs) };
}

/** What is shown isn't green as long as it can't be proven. The record of the verdict stays what was judged. */
function withheld(assessed: AssessedEnvironment, blockers: readonly Blocker[]): AssessedEnvironment {
  const { status } = assessed;
  return { ...assessed, status: { ...status, readiness: { ...status.readiness, verdict: 'blocked', blockers } } };
}

interface Closing {
  readonly closure: ClosureRecord;
  readonly at: Date;
}

async function close(
  { ports, promotion, claim }: PromotionContext,
  { records, status, judged }: AssessedEnvironment,
  { closure, at }: Closing,
): Promise<Claim> {
  const ended = { at: at.toISOString(), reason: 'ready' };
  return ports.store.transact(async (tx) => {
    const held = await tx.write.promotions.save({ ...promotion, status: 'ready', ended, blockers: [], failures: 0 }, claim);
    await requireWhole(tx, promotion, closure);
    await requireSameExceptions(tx, promotion, judged);
    for (const record of [...records, closure.record]) await tx.write.evidence.append(record);
    await tx.write.environments.save({ ...status, promotion: { id: promotion.id, status: 'ready' } });
    return held;
  });
}
