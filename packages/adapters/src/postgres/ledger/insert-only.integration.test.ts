import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresStore } from '../store/postgres-store.ts';
import { sampleRecord } from '../testing/sample-promotion.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { testLogKey } from '../testing/test-log-key.ts';
import { nativeTreeHasher } from './native-tree-hasher.ts';
import { openLog } from './open-log.ts';
import { sequence } from './sequence.ts';

describe('evidence is insert only', () => {
  const changes = ['record', 'log', 'log_leaf', 'log_tile', 'log_entries', 'checkpoint', 'event'].flatMap((table) => [
    `delete from ledger.${table}`,
    `truncate ledger.${table}`,
    `update ledger.${table} set ${table === 'log' ? 'origin = origin' : table === 'record' ? 'service = service' : table === 'event' ? 'record = record' : 'log_id = log_id'}`,
  ]);

  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
    const log = await openLog(db.database, testLogKey().key);
    const store = postgresStore({ database: db.database, log, claimMs: 1000 });
    await store.transact(async (tx) => {
      for (let n = 0; n < 256; n++) await tx.write.evidence.append(sampleRecord(n));
    });
    const client = await db.database.pool.connect();
    await sequence(client, { log, hasher: nativeTreeHasher(), memory: {}, limit: 300 });
    client.release();
  });
  afterAll(() => db[Symbol.asyncDispose]());

  it.each(changes)('for the application: %s', async (statement) => {
    await expect(db.query('app', statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(changes)('for the owner, who is told why: %s', async (statement) => {
    await expect(db.query('owner', statement)).rejects.toMatchObject({
      code: '23001',
      hint: 'a wrong record is corrected by a further record, never by a change',
    });
  });

  it('also for a session that calls itself a replica', async () => {
    await expect(db.query('superuser', 'set session_replication_role = replica; delete from ledger.record')).rejects.toMatchObject({
      code: '23001',
    });
  });

  it('and the application can not switch that off', async () => {
    await expect(db.query('app', 'alter table ledger.record disable trigger all')).rejects.toMatchObject({ code: '42501' });
    await expect(db.query('app', 'set session_replication_role = replica')).rejects.toMatchObject({ code: '42501' });
  });
});
