import type { Claim } from '../../ports/claims.ts';
import { assessEnvironment, type AssessedEnvironment } from '../../readiness/assess-environment.ts';
import { saveAssessed } from '../../readiness/save-assessed.ts';
import type { PromotionContext } from '../promotion-context.ts';
import { promotionEvidence } from '../promotion-evidence.ts';
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
  const earlier = await ports.store.read((reader) => reader.evidence.list({ promotion: promotion.id }, { limit: 500 }));
  const digests = [...earlier.items.map(({ digest }) => digest).toReversed(), ...records.map(({ digest }) => digest)];
  const closure = await ports.signer.sign(
    promotionEvidence(promotion, 'promotion-closure', { at, body: { status: 'ready', records: digests, count: digests.length } }),
  );
  const ended = { at: at.toISOString(), reason: 'ready' };
  return ports.store.transact(async (tx) => {
    const held = await tx.write.promotions.save({ ...promotion, status: 'ready', ended, blockers: [], failures: 0 }, claim);
    for (const record of [...records, closure]) await tx.write.evidence.append(record);
    await tx.write.environments.save({ ...status, promotion: { id: promotion.id, status: 'ready' } });
    return held;
  });
}
