import { closureRecord, requireWhole } from '../../evidence/closure-record.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';

/** A promotion always ends: this one did not get there. */
export async function endPromotion(context: PromotionContext, status: 'failed' | 'aborted', reason: string): Promise<Stepped> {
  const { promotion, ports, claim } = context;
  const at = ports.clock.now();
  const ended = { ...promotion, status, ended: { at: at.toISOString(), reason }, blockers: [], failures: 0 };
  const closure = await closureRecord(ports, ended, { at, body: { status, reason } });
  const held = await ports.store.transact(async (tx) => {
    const next = await tx.write.promotions.save(ended, claim);
    await requireWhole(tx, ended, closure);
    await tx.write.evidence.append(closure.record);
    return next;
  });
  return { claim: held };
}
