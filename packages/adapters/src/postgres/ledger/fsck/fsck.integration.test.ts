import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignedRecord } from '@fairlead/domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileSigner, type FileSigner } from '../../../signer/index.ts';
import { postgresStore } from '../../store/postgres-store.ts';
import { sampleRecord } from '../../testing/sample-promotion.ts';
import { testDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { testLogKey } from '../../testing/test-log-key.ts';
import { nativeTreeHasher } from '../native-tree-hasher.ts';
import { openLog } from '../open-log.ts';
import { sequence } from '../sequence.ts';
import { fsck, type FsckOptions, type FsckReport } from './fsck.ts';

const { key } = testLogKey();
const directories: string[] = [];
let signer: FileSigner;
let whole: TestDatabase;
let db: TestDatabase;

/** 600 records under three checkpoints, and 3 that wait. */
beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'fl-fsck-'));
  directories.push(directory);
  signer = await fileSigner({ directory });
  whole = await testDatabase();
  const log = await openLog(whole.database, key);
  const store = postgresStore({ database: whole.database, log, claimMs: 1000 });
  const client = await whole.database.pool.connect();
  const memory = {};
  let n = 0;
  for (const size of [200, 300, 600, 603]) {
    const records: SignedRecord[] = [];
    for (; n < size; n++)
      records.push(await signer.sign({ ...sampleRecord(n).evidence, type: n % 2 === 0 ? 'merge' : 'validation', body: { n } }));
    await store.transact(async (tx) => {
      for (const record of records) await tx.write.evidence.append(record);
    });
    if (size <= 600) await sequence(client, { log, hasher: nativeTreeHasher(), memory, limit: 4096 });
  }
  client.release();
});
afterAll(async () => {
  await whole[Symbol.asyncDispose]();
  for (const directory of directories) await rm(directory, { recursive: true });
});
beforeEach(async () => {
  db = await whole.copy();
});
afterEach(() => db[Symbol.asyncDispose]());

const check = (options: Partial<FsckOptions> = {}): Promise<FsckReport> =>
  fsck({ database: db.database, logId: 1, verifierKey: key.verifierKey, recordKeys: [signer.spki], ...options });

const tables = ['record', 'log', 'log_leaf', 'log_tile', 'log_entries', 'checkpoint', 'event'];
/** What somebody with all rights may do. */
async function tamper(statement: string): Promise<void> {
  await db.query('superuser', `${tables.map((table) => `alter table ledger.${table} disable trigger all;`).join('')} ${statement}`);
}
const kinds = ({ findings }: FsckReport): readonly string[] => findings.map((finding) => `${finding.kind} ${finding.where}`);

describe('fsck', () => {
  it('finds nothing wrong with a ledger that nobody touched', async () => {
    expect(await check()).toEqual({ size: 600, checkpoints: 3, events: 600, pending: 3, findings: [], found: 0 });
    expect(await check({ scope: 'tree' })).toEqual({ size: 600, checkpoints: 1, events: 0, pending: 0, findings: [], found: 0 });
  });

  it('finds nothing wrong with a ledger without a record', async () => {
    await using empty = await testDatabase();

    expect(await check({ database: empty.database })).toEqual({ size: 0, checkpoints: 0, events: 0, pending: 0, findings: [], found: 0 });
  });

  it.each([
    [
      'a payload',
      `update ledger.record set bundle = convert_to(replace(convert_from(bundle, 'utf8'), '"payload":"e', '"payload":"f'), 'utf8') where id = 7`,
      ['record-unreadable record 7'],
    ],
    [
      'a signature',
      `update ledger.record set bundle = convert_to(regexp_replace(convert_from(bundle, 'utf8'), '"sig":"...', '"sig":"AAA'), 'utf8') where id = 7`,
      ['record-signature record 7'],
    ],
    [
      'a record for another one',
      `update ledger.record set bundle = (select bundle from ledger.record where id = 8) where id = 7`,
      ['record-altered record 7'],
    ],
    [
      'the folder that a record is filed under',
      `update ledger.record set environment = 'shop/dev' where id = 7`,
      ['record-columns record 7'],
    ],
    [
      'a digest',
      `update ledger.record set digest = 'sha256:' || repeat('0', 64) where id = 7`,
      ['record-altered record 7', 'event-altered event 7'],
    ],
    [
      'a leaf, its hash kept',
      `update ledger.log_leaf set leaf = leaf || ' ' where index = 250`,
      ['leaf-hash leaf 250', 'tile tile 0/0', 'entries entries 0', 'frontier level 1', 'checkpoint-root checkpoint 300'],
    ],
    [
      'a leaf and its hash',
      `update ledger.log_leaf set leaf = leaf || ' ', hash = sha256('\\x00' || leaf || ' ') where index = 599`,
      ['checkpoint-root checkpoint 600'],
    ],
    ['the hash of a leaf', `update ledger.log_leaf set hash = sha256('x') where index = 3`, ['leaf-hash leaf 3']],
    ['a tile', `update ledger.log_tile set hashes = overlay(hashes placing '\\x00000000' from 9) where index = 1`, ['tile tile 0/1']],
    ['entries', `update ledger.log_entries set leaves = leaves || '\\x0000' where index = 1`, ['entries entries 1']],
    ['the edge', `update ledger.log_frontier set hashes = overlay(hashes placing '\\x00000000' from 9)`, ['frontier level 1']],
    [
      'a root',
      `update ledger.checkpoint set root = sha256('x') where size = 300`,
      ['checkpoint-note checkpoint 300', 'checkpoint-root checkpoint 300'],
    ],
    ['a note', `update ledger.checkpoint set note = replace(note, '300', '301') where size = 300`, ['checkpoint-note checkpoint 300']],
    ['an event', `update ledger.event set body = (select body from ledger.event where seq = 9) where seq = 7`, ['event-altered event 7']],
    [
      'the order of events',
      `update ledger.event set seq = -seq where seq in (7, 8); update ledger.event set seq = 15 + seq where seq < 0`,
      ['event-order event 8'],
    ],
    ['what waits', `update ledger.record_pending set leaf = leaf || 'x' where id = 602`, ['record-altered record 602']],
  ])('tells that somebody changed %s', async (_, statement, expected) => {
    await tamper(statement);

    expect([...kinds(await check())].sort()).toEqual([...expected].sort());
  });

  it.each([
    [
      'a leaf',
      'delete from ledger.log_leaf where index = 299',
      ['leaf-missing leaf 299', 'record-unlogged record 300', 'event-order event 300'],
    ],
    ['a record', 'delete from ledger.record where id = 7', ['record-missing leaf 6', 'event-altered event 7']],
    [
      'a record and all that tells of it',
      'delete from ledger.record where id = 7; delete from ledger.log_leaf where record = 7; delete from ledger.event where record = 7',
      ['leaf-missing leaf 6', 'event-gap event 7'],
    ],
    [
      'the last leaves, with their records and events',
      `delete from ledger.event where record > 300; delete from ledger.log_leaf where record > 300; delete from ledger.record where id between 301 and 600`,
      ['checkpoint-beyond checkpoint 600', 'entries log 1', 'frontier level 1', 'tile log 1'],
    ],
    ['a tile', 'delete from ledger.log_tile where index = 1', ['tile tile 0/1']],
    ['entries', 'delete from ledger.log_entries where index = 0', ['entries entries 0']],
    ['the edge', 'delete from ledger.log_frontier', ['frontier level 1']],
    ['a checkpoint', 'delete from ledger.checkpoint where size = 600', ['leaf-uncovered leaf 300']],
    ['an event', 'delete from ledger.event where seq = 600', ['event-missing record 600']],
    ['what waits', 'delete from ledger.record_pending where id = 602', ['record-unlogged record 602']],
    ['a record that waits', 'delete from ledger.record where id = 602', ['record-missing pending 602']],
    ['an event that waits', 'delete from ledger.event_pending where record = 602', ['event-missing record 602']],
  ])('tells that somebody took out %s', async (_, statement, expected) => {
    await tamper(statement);

    expect([...kinds(await check())].sort()).toEqual([...expected].sort());
  });

  it.each([
    [
      'a leaf',
      `insert into ledger.log_leaf select 1, 600, 601, leaf, sha256('\\x00' || leaf) from ledger.record_pending where id = 601`,
      ['leaf-uncovered leaf 600', 'pending-logged record 601', 'event-unsent record 601'],
    ],
    ['a tile', 'insert into ledger.log_tile select 1, 1, 0, hashes from ledger.log_tile where index = 0', ['tile log 1']],
    ['entries', 'insert into ledger.log_entries select 1, 2, leaves from ledger.log_entries where index = 0', ['entries log 1']],
    ['a level of the edge', `insert into ledger.log_frontier values (1, 5, sha256('x'))`, ['frontier level 5']],
    [
      'a checkpoint',
      `insert into ledger.checkpoint select 1, 700, root, note from ledger.checkpoint where size = 600`,
      ['checkpoint-beyond checkpoint 700'],
    ],
  ])('tells that somebody added %s', async (_, statement, expected) => {
    await tamper(statement);

    expect([...kinds(await check())].sort()).toEqual([...expected].sort());
  });

  it('knows the keys from its caller, not from the database', async () => {
    const stranger = testLogKey(key.origin).key;

    expect(kinds(await check({ verifierKey: stranger.verifierKey }))).toEqual([
      'checkpoint-note checkpoint 200',
      'checkpoint-note checkpoint 300',
      'checkpoint-note checkpoint 600',
    ]);
    const { found, findings } = await check({ recordKeys: [], keep: 5 });

    expect([found, findings.length]).toEqual([603, 5]);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['record-key-unknown']));
  });

  it('tells of a tree that was altered when it looks at the tree alone', async () => {
    await tamper(`update ledger.log_entries set leaves = overlay(leaves placing '\\x00' from 20) where index = 1`);

    expect([...kinds(await check({ scope: 'tree' }))].sort()).toEqual([
      'checkpoint-root checkpoint 600',
      'frontier level 1',
      'tile tile 0/1',
    ]);
  });
});
