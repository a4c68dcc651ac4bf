import { tarPieces, type Promotion } from '@fairlead/domain';
import { performEffect, type Settled } from '../promotion/perform-effect.ts';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import { fairleadActor } from '../promotion/promotion-evidence.ts';
import type { Stepped } from '../promotion/stepped.ts';
import { exportBundle } from './export-bundle.ts';

/** Of a promotion that has ended. */
type Ended = Pick<PromotionContext, 'ports' | 'promotion' | 'claim'>;

/** The bundle of an ended promotion, made and kept once, with its digest on record. What stands in the way is tried again, and hinders nothing else. */
export async function keepBundle(context: Ended): Promise<Stepped> {
  const { promotion, claim } = context;
  if (promotion.bundle !== undefined) return { claim };
  return performEffect(context, { step: 'keep-bundle', key: promotion.id, act: () => exportAndKeep(context) });
}

async function exportAndKeep({ ports, promotion }: Ended): Promise<Settled> {
  const { files, missing, name: file } = await exportBundle(ports, { promotion: promotion.id, audience: 'full' }, fairleadActor);
  const name = `${promotion.environment}/${file}`;
  const { digest, size } = await ports.bundles.keep(name, tarPieces(files));
  const at = ports.clock.now().toISOString();
  const bundled: Promotion = { ...promotion, bundle: { name, digest, size, missing, at } };
  return {
    promotion: bundled,
    detail: `${digest}${missing.length === 0 ? '' : `, incomplete: ${missing.join(', ')}`}`,
    record: { type: 'promotion-step', body: { step: 'keep-bundle', name, digest, size, missing: [...missing] } },
  };
}
