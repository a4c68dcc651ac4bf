import { PromotionId } from '@fairlead/domain';
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Whose time has come, or whose holder has gone. An expired claim is due whatever `wake_at` says: taking it had consumed the wake-up. */
export async function duePromotions({ kysely: db }: Database, limit: number): Promise<readonly PromotionId[]> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from fairlead.promotion where claim_expires <= clock_timestamp()
    union
    select id from fairlead.promotion where claim_expires is null and wake_at <= clock_timestamp()
    limit ${limit}`.execute(db);
  return rows.map(({ id }) => PromotionId.parse(id));
}
