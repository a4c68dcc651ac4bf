import type { PromotionId } from '@fairlead/domain';
import type { Claims } from '@fairlead/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { claimLost } from '../store/claim-lost.ts';

export interface ClaimOptions {
  readonly database: Database;
  /** Who claims, for people who look into the database. */
  readonly worker: string;
  readonly claimMs: number;
}

/** Claims on promotion rows. Every clock is the database's, read at that instant: `now()` is the transaction's start, older than a waker's commit. */
export function postgresClaims({ database, worker, claimMs }: ClaimOptions): Claims {
  const db = database.kysely;
  return {
    take: (id) =>
      db.transaction().execute(async (trx) => {
        // By its key alone, judged afterwards: a predicate in the WHERE reads the row before a waker's commit and misses it.
        const { rows } = await sql<{ readonly free: boolean; readonly due: boolean | null; readonly version: number }>`
          select claim_expires is null or claim_expires <= clock_timestamp() as free,
            wake_at <= clock_timestamp() or claim_expires is not null as due, version
          from fairlead.promotion where id = ${id} for update`.execute(trx);
        const row = rows[0];
        if (row?.free !== true || row.due !== true) return 'not-mine';
        const version = row.version + 1;
        await sql`update fairlead.promotion set claimed_by = ${worker}, claim_expires = clock_timestamp() + ${claimMs} * interval '1 ms',
          version = ${version}, wake_at = null where id = ${id}`.execute(trx);
        return { id, version };
      }),
    async lookAgain(claim) {
      const { rows } = await sql<{ readonly version: number }>`
        update fairlead.promotion set version = version + 1, claim_expires = clock_timestamp() + ${claimMs} * interval '1 ms', wake_at = null
        where id = ${claim.id} and version = ${claim.version} returning version`.execute(db);
      const version = rows[0]?.version;
      if (version === undefined) throw claimLost(claim.id);
      return { id: claim.id, version };
    },
    async letGo(claim, next) {
      const { rows } = await sql<{ readonly id: PromotionId }>`
        update fairlead.promotion set claimed_by = null, claim_expires = null, version = version + 1, wake_at = least(wake_at, ${next ?? null}::timestamptz)
        where id = ${claim.id} and version = ${claim.version} and (wake_at is null or wake_at > clock_timestamp()) returning id`.execute(
        db,
      );
      return rows.length === 1 ? 'let-go' : 'woken';
    },
  };
}
