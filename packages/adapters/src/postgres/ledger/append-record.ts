import type { SignedRecord } from '@fairlead/domain';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** Record, its place in the log's outbox and its event, in the caller's transaction and one statement. */
export async function appendRecord(db: Kysely<Schema>, logId: number, { digest, evidence, bundle, leaf }: SignedRecord): Promise<void> {
  const { type, service, environment, release, promotion, at } = evidence;
  const event = { type: 'record-appended', record: { digest, type, service, environment, release, promotion, at } };
  await sql`
    with appended as (
      insert into ledger.record (digest, type, service, environment, release, promotion, at, bundle)
      values (${digest}, ${type}, ${service}, ${environment ?? null}, ${release ?? null}, ${promotion ?? null}, ${at}, ${Buffer.from(bundle)})
      returning id
    ), outbox as (
      insert into ledger.record_pending (id, log_id, leaf) select id, ${logId}::int, ${Buffer.from(leaf)} from appended
    )
    insert into ledger.event_pending (record, body) select id, ${JSON.stringify(event)} from appended`.execute(db);
}
