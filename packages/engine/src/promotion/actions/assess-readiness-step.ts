import { closureRecord, requireWhole } from '../../evidence/closure-record.ts';
import type { Claim } from '../../ports/claims.ts';
import { assessEnvironment, type AssessedEnvironment } from '../../readiness/assess-environment.ts';
import { saveAssessed } from '../../readiness/save-assessed.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';

const againMs = 2_000;

/** Ready: the promotion ends, with its closure record. Not ready: it waits with the reasons and looks again soon. */
export async function assessReadinessStep(context: PromotionContext): Promise<Stepped> {
  const assessed = await assessEnvironment(context);
  if (assessed.verdict.kind === 'ready') return { claim: await close(context, assessed) };
  const { ports, promotion, claim } = context;
  const { blockers } = assessed.verdict;
  const held = await ports.store.transact(async (tx) => {
    await saveAssessed(tx, promotion.environment, assessed);
    return tx.write.promotions.save({ ...promotion, blockers, failures: 0 }, claim);
  });
  return { claim: held, until: new Date(ports.clock.now().getTime() + againMs) };
}

async function close({ ports, promotion, claim }: PromotionContext, { records, status }: AssessedEnvironment): Promise<Claim> {
  const at = ports.clock.now();
  const closure = await closureRecord(ports, promotion, { at, body: { status: 'ready' }, also: records });
  const ended = { at: at.toISOString(), reason: 'ready' };
  return ports.store.transact(async (tx) => {
    const held = await tx.write.promotions.save({ ...promotion, status: 'ready', ended, blockers: [], failures: 0 }, claim);
    await requireWhole(tx, promotion, closure);
    for (const record of [...records, closure.record]) await tx.write.evidence.append(record);
    await tx.write.environments.save({ ...status, promotion: { id: promotion.id, status: 'ready' } });
    return held;
  });
}
