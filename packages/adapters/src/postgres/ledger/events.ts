import { z } from 'zod';
import type { Database } from '../database.ts';

/** Rung at each commit of new events, with the number of the last one. */
export const eventChannel = 'fairlead_events';

/** What happened, in the log's order. */
export interface LedgerEvent {
  readonly seq: number;
  readonly body: unknown;
}

const Row = z.object({ seq: z.number(), body: z.unknown() });

/** Events after a number, oldest first. The numbers have no gap: who saw up to one has seen all before it. */
export async function readEvents({ kysely: db }: Database, after: number, limit: number): Promise<readonly LedgerEvent[]> {
  const rows = await db.selectFrom('ledger.event').select(['seq', 'body']).where('seq', '>', after).orderBy('seq').limit(limit).execute();
  return rows.map((row) => Row.parse(row));
}
