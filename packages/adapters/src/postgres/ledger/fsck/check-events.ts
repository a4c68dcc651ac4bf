import type pg from 'pg';
import { z } from 'zod';
import type { Report } from './finding.ts';

const pageSize = 5000;
const shown = 100;

const Body = z.object({ record: z.object({ digest: z.string() }) });

interface EventRow {
  readonly seq: number;
  readonly body: unknown;
  readonly index: number | null;
  readonly digest: string | null;
}

/** Numbers without a gap, in the order of the log, one for each leaf. */
export async function checkEvents(client: pg.ClientBase, logId: number, report: Report): Promise<number> {
  let seq = 0;
  let index = -1;
  for (;;) {
    const rows = await readPage(client, logId, seq);
    for (const row of rows) {
      if (row.seq !== seq + 1)
        report({ kind: 'event-gap', where: `event ${String(seq + 1)}`, detail: `is missing, the next is ${String(row.seq)}` });
      if ((row.index ?? -1) <= index)
        report({ kind: 'event-order', where: `event ${String(row.seq)}`, detail: "doesn't follow the log's order" });
      if (Body.safeParse(row.body).data?.record.digest !== row.digest)
        report({ kind: 'event-altered', where: `event ${String(row.seq)}`, detail: 'tells of another record' });
      seq = row.seq;
      index = row.index ?? index;
    }
    if (rows.length < pageSize) break;
  }
  await checkOutbox(client, logId, report);
  return seq;
}

async function readPage(client: pg.ClientBase, logId: number, after: number): Promise<readonly EventRow[]> {
  const { rows } = await client.query<EventRow>({
    name: 'fsck-events',
    text: `select seq, body, leaf.index, digest from ledger.event
      left join ledger.log_leaf leaf on leaf.record = event.record and leaf.log_id = $1 left join ledger.record on record.id = event.record
      where seq > $2 order by seq limit ${String(pageSize)}`,
    values: [logId, after],
  });
  return rows;
}

async function checkOutbox(client: pg.ClientBase, logId: number, report: Report): Promise<void> {
  const missing = await client.query<{ id: number }>(
    `select id from ledger.record where not exists (select from ledger.event where event.record = record.id)
      and not exists (select from ledger.event_pending where event_pending.record = record.id) order by id limit ${String(shown)}`,
  );
  for (const { id } of missing.rows) report({ kind: 'event-missing', where: `record ${String(id)}`, detail: 'was never announced' });
  const unsent = await client.query<{ record: number }>(
    `select pending.record from ledger.event_pending pending join ledger.log_leaf leaf on leaf.record = pending.record and leaf.log_id = $1 order by 1 limit ${String(shown)}`,
    [logId],
  );
  for (const { record } of unsent.rows)
    report({ kind: 'event-unsent', where: `record ${String(record)}`, detail: 'is in the log, and its event still waits' });
}
