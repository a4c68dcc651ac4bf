import { hasEnded, type Promotion, type SignedRecord } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { Transactor } from '../ports/store.ts';
import { promotionEvidence } from './promotion-evidence.ts';

export interface Replaced {
  /** As it is when it has ended. */
  readonly older: Promotion;
  readonly record: SignedRecord;
}

/** The open promotions of the environment, ended by a newer one, with their closure records. A newer one takes over at once, also from one that is
 *  delivering: a broken release never blocks its own repair. */
export async function olderOnes({ store, signer }: EnginePorts, newer: Promotion, at: Date): Promise<readonly Replaced[]> {
  const open = await store.read((reader) => reader.promotions.open(newer.environment));
  const reason = `replaced by ${newer.id}`;
  return Promise.all(
    open.map(async (promotion) => {
      const older: Promotion = { ...promotion, status: 'replaced', ended: { at: at.toISOString(), reason }, blockers: [] };
      const record = await signer.sign(
        promotionEvidence(older, 'promotion-closure', { at, body: { status: 'replaced', reason, was: promotion.status } }),
      );
      return { older, record };
    }),
  );
}

/** Ends it unless it has ended meanwhile. What it has done until now stays. */
export async function replaceOlder(tx: Transactor, older: Promotion, record: SignedRecord): Promise<void> {
  const { status, ended, blockers } = older;
  if (ended === undefined) return;
  const after = await tx.write.promotions.change(older.id, (stored) =>
    hasEnded(stored.status) ? stored : { ...stored, status, ended, blockers },
  );
  if (after !== 'absent' && after.ended?.reason === ended.reason) await tx.write.evidence.append(record);
}
