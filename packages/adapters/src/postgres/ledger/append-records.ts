import type { SignedRecord } from '@fairlead/domain';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** Records, their places in the log's outbox and their events, in the caller's transaction: one statement for any number of them, in their order. */
export async function appendRecords(db: Kysely<Schema>, logId: number, records: readonly SignedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const column = <T>(of: (record: SignedRecord) => T): readonly T[] => records.map(of);
  await sql`
    with given as (
      select * from unnest(
        ${column(({ digest }) => digest)}::text[],
        ${column(({ evidence }) => evidence.type)}::text[],
        ${column(({ evidence }) => evidence.service)}::text[],
        ${column(({ evidence }) => evidence.environment ?? null)}::text[],
        ${column(({ evidence }) => evidence.release ?? null)}::text[],
        ${column(({ evidence }) => evidence.promotion ?? null)}::text[],
        ${column(({ evidence }) => evidence.at)}::timestamptz[],
        ${column(({ bundle }) => Buffer.from(bundle))}::bytea[],
        ${column(({ leaf }) => Buffer.from(leaf))}::bytea[],
        ${column(eventOf)}::text[]
      ) with ordinality as given (digest, type, service, environment, release, promotion, at, bundle, leaf, event, n)
    ), appended as (
      insert into ledger.record (digest, type, service, environment, release, promotion, at, bundle)
      select digest, type, service, environment, release, promotion, at, bundle from given order by n
      returning id, digest
    ), outbox as (
      insert into ledger.record_pending (id, log_id, leaf) select id, ${logId}::int, leaf from appended join given using (digest)
    )
    insert into ledger.event_pending (record, body) select id, event::json from appended join given using (digest) order by n`.execute(db);
}

function eventOf({ digest, evidence }: SignedRecord): string {
  const { type, service, environment, release, promotion, at } = evidence;
  return JSON.stringify({ type: 'record-appended', record: { digest, type, service, environment, release, promotion, at } });
}
