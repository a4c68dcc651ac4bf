import type { EvidenceType, JsonObject, Promotion } from '@fairlead/domain';
import type { Transactor } from '../ports/store.ts';
import type { PromotionContext } from './promotion-context.ts';
import { promotionEvidence } from './promotion-evidence.ts';
import type { Stepped } from './stepped.ts';

/** A step without an effect outside: state and its records in one transaction. */
export interface Step {
  readonly promotion: Promotion;
  readonly records: readonly { readonly type: EvidenceType; readonly body: JsonObject }[];
  readonly also?: (tx: Transactor) => Promise<void>;
}

export async function recordStep({ ports, claim }: PromotionContext, step: Step): Promise<Stepped> {
  const at = ports.clock.now();
  const signed = await Promise.all(
    step.records.map(({ type, body }) => ports.signer.sign(promotionEvidence(step.promotion, type, { at, body }))),
  );
  const held = await ports.store.transact(async (tx) => {
    const next = await tx.write.promotions.save({ ...step.promotion, failures: 0 }, claim);
    for (const record of signed) await tx.write.evidence.append(record);
    await step.also?.(tx);
    return next;
  });
  return { claim: held };
}
