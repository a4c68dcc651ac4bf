import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Ends every claim at once, so that what a killed process held is due now and not when its claim runs out. Precondition: no other process
 *  works on this database. A holder that lives after all loses nothing but its claim: its next write is refused. */
export async function expireClaims({ kysely: db }: Database): Promise<void> {
  await sql`update fairlead.promotion set claim_expires = clock_timestamp() where claim_expires is not null`.execute(db);
}
