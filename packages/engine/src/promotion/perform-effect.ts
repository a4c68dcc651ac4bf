import type { Digest, EvidenceType, EffectStep, JournalEntry, JsonObject, Promotion } from '@fairlead/domain';
import type { Claim } from '../ports/claims.ts';
import type { Transactor } from '../ports/store.ts';
import type { PromotionContext } from './promotion-context.ts';
import { promotionEvidence } from './promotion-evidence.ts';
import { recordFailure } from './record-failure.ts';
import type { Stepped } from './stepped.ts';

/** What an effect came to, and what is to be written with it. */
export interface Settled {
  readonly promotion: Promotion;
  readonly detail: string;
  readonly how?: 'acted' | 'failed';
  readonly record?: { readonly type: EvidenceType; readonly body: JsonObject; readonly attempt?: number };
  /** More that belongs into the result's transaction. */
  readonly also?: (tx: Transactor, record: Digest | undefined) => Promise<void>;
}

export interface Effect {
  readonly step: EffectStep;
  /** The effect's own key at the world, unique among those of its step. */
  readonly key: string;
  /** What the promotion looks like once the effect is authorised, where that must be known before it happens. */
  readonly intended?: Promotion;
  /** More for the intent's record: what the effect may take away. */
  readonly intent?: JsonObject;
  /** Asked in the intent's transaction: throws where what was decided from no longer holds. */
  readonly stillHolds?: (tx: Transactor) => Promise<void>;
  readonly act: () => Promise<Settled>;
}

/** An effect needs no configuration: its `act` has what it needs. */
type Acting = Pick<PromotionContext, 'ports' | 'promotion' | 'claim'>;

/** Intent transaction, effect, result transaction. An intent that is there already was made by an earlier holder: the effect is idempotent
 *  under its key, so acting again asks the world and finds what the first attempt left. */
export async function performEffect(context: Acting, effect: Effect): Promise<Stepped> {
  const { ports, promotion } = context;
  const journal = await ports.store.read((reader) => reader.promotions.journal(promotion.id));
  const begun = journal.find(({ key, result }) => key === keyOf(effect) && result === undefined);
  const { entry, claim } = begun === undefined ? await authorise(context, effect) : { entry: begun, claim: context.claim };

  try {
    return { claim: await settle({ context, entry, claim }, await effect.act()) };
  } catch (error) {
    // The intent stays open: whether the effect happened is asked at the world by the next try, under the same key.
    const failure = await recordFailure({ ports, promotion: effect.intended ?? promotion, claim }, error);
    return { claim: failure.claim, until: failure.retryAt };
  }
}

interface Authorised {
  readonly context: Acting;
  readonly entry: JournalEntry;
  readonly claim: Claim;
}

async function settle({ context: { ports }, entry, claim }: Authorised, settled: Settled): Promise<Claim> {
  const at = ports.clock.now();
  const record = settled.record;
  const signed =
    record === undefined
      ? undefined
      : await ports.signer.sign(
          promotionEvidence(settled.promotion, record.type, {
            at,
            body: record.body,
            ...(record.attempt === undefined ? {} : { attempt: record.attempt }),
          }),
        );
  const done: JournalEntry = { ...entry, result: { at: at.toISOString(), how: settled.how ?? 'acted', detail: settled.detail } };
  return ports.store.transact(async (tx) => {
    const held = await tx.write.promotions.save({ ...settled.promotion, failures: 0 }, claim);
    await tx.write.promotions.settle(done);
    if (signed !== undefined) await tx.write.evidence.append(signed);
    await settled.also?.(tx, signed?.digest);
    return held;
  });
}

async function authorise({ ports, promotion, claim }: Acting, effect: Effect): Promise<{ entry: JournalEntry; claim: Claim }> {
  const at = ports.clock.now();
  const entry: JournalEntry = { promotion: promotion.id, step: effect.step, key: keyOf(effect), intendedAt: at.toISOString() };
  const record = await ports.signer.sign(
    promotionEvidence(promotion, 'promotion-step', {
      at,
      body: { step: effect.step, key: effect.key, stage: 'intended', ...effect.intent },
    }),
  );
  const held = await ports.store.transact(async (tx) => {
    const next = await tx.write.promotions.save(effect.intended ?? promotion, claim);
    await effect.stillHolds?.(tx);
    await tx.write.promotions.intend(entry, next);
    await tx.write.evidence.append(record);
    return next;
  });
  return { entry, claim: held };
}

function keyOf({ step, key }: Effect): string {
  return `${step} ${key}`;
}
