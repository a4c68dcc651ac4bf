import type { PromotionId } from '@fairlead/domain';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

export const wakeChannel = 'fairlead_wakes';

/** Makes promotions due and rings, as the last thing in its transaction: in the order of their ids, or two such transactions could wait for each other. */
export async function wakePromotions(db: Kysely<Schema>, ids: readonly PromotionId[]): Promise<void> {
  for (const id of ids.toSorted()) {
    // The row comes before the ring: its lock is what makes a claim that is being taken wait, and then see this.
    await sql`update fairlead.promotion set wake_at = least(wake_at, clock_timestamp()) where id = ${id}`.execute(db);
    await sql`select pg_notify(${wakeChannel}, ${id})`.execute(db);
  }
}
