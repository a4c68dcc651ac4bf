import { hasEnded, type Promotion } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { Transactor } from '../ports/store.ts';
import { closureRecord, requireWhole, type ClosureRecord } from '../evidence/closure-record.ts';

export interface Replaced {
  /** As it is when it has ended. */
  readonly older: Promotion;
  readonly closure: ClosureRecord;
}

/** The open promotions of the environment, ended by a newer one, with their closure records. A newer one takes over at once, also from one that is
 *  delivering: a broken release never blocks its own repair. */
export async function olderOnes(ports: EnginePorts, newer: Promotion, at: Date): Promise<readonly Replaced[]> {
  const open = await ports.store.read((reader) => reader.promotions.open(newer.environment));
  const reason = `replaced by ${newer.id}`;
  return Promise.all(
    open.map(async (promotion) => {
      const older: Promotion = { ...promotion, status: 'replaced', ended: { at: at.toISOString(), reason }, blockers: [] };
      const closure = await closureRecord(ports, older, { at, body: { status: 'replaced', reason, was: promotion.status } });
      return { older, closure };
    }),
  );
}

/** Ends it unless it has ended meanwhile. What it has done until now stays. Throws `ConflictError` (`records-changed`) where it did something since. */
export async function replaceOlder(tx: Transactor, { older, closure }: Replaced): Promise<void> {
  const { status, ended, blockers } = older;
  if (ended === undefined) return;
  const after = await tx.write.promotions.change(older.id, (stored) =>
    hasEnded(stored.status) ? stored : { ...stored, status, ended, blockers },
  );
  if (after === 'absent' || after.ended?.reason !== ended.reason) return;
  await requireWhole(tx, older, closure);
  await tx.write.evidence.append(closure.record);
}
