import type { PromotionContext } from '../promotion-context.ts';
import { performEffect } from '../perform-effect.ts';
import type { Stepped } from '../stepped.ts';

/** Closes the change that an ended promotion left open, once. */
export async function closeChange(context: PromotionContext): Promise<Stepped> {
  const { promotion, configuration, ports, claim } = context;
  const { change } = promotion;
  const journal = await ports.store.read((reader) => reader.promotions.journal(promotion.id));
  const done = journal.some(({ step, result }) => step === 'close-change' && result?.how === 'acted');
  if (change === undefined || done) return { claim };
  return performEffect(context, {
    step: 'close-change',
    key: String(change.number),
    act: async () => {
      await configuration.repository.forge.closeChange(change, promotion.ended?.reason ?? promotion.status);
      return {
        promotion,
        detail: String(change.number),
        record: { type: 'promotion-step', body: { step: 'close-change', number: change.number } },
      };
    },
  });
}
