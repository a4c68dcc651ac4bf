import { createHash, verify } from 'node:crypto';
import {
  checkpointText,
  consistencyHolds,
  inclusionHolds,
  parseCheckpoint,
  parseSignedNote,
  verifierKey,
  type Digest,
} from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postgresStore } from '../store/postgres-store.ts';
import { sampleRecord, someDigest } from '../testing/sample-promotion.ts';
import { testLogKey } from '../testing/test-log-key.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { appendRecords } from './append-records.ts';
import { readEvents } from './events.ts';
import { nativeTreeHasher } from './native-tree-hasher.ts';
import { openLog, type OpenLog } from './open-log.ts';
import { newestCheckpoint, proveConsistency, proveInclusion } from './prove.ts';
import { sequence } from './sequence.ts';
import { Sequencer } from './sequencer.ts';

const { key, publicKey, raw } = testLogKey();
const origin = key.origin;
const hasher = nativeTreeHasher();

let db: TestDatabase;
let log: OpenLog;
beforeEach(async () => {
  db = await testDatabase();
  log = await openLog(db.database, key);
});
afterEach(() => db[Symbol.asyncDispose]());

const unexpected = (error: unknown): void => {
  throw error;
};
const count = async (table: string): Promise<number> =>
  Number((await db.query('owner', `select count(*)::int as n from ledger.${table}`))[0]?.['n']);
const newSequencer = (): Sequencer => new Sequencer({ database: db.database, log, onError: unexpected, sweepMs: 3_600_000 });

async function append(from: number, to: number): Promise<void> {
  const store = postgresStore({ database: db.database, log, claimMs: 1000 });
  await store.transact(async (tx) => {
    for (let n = from; n < to; n++) await tx.write.evidence.append(sampleRecord(n));
  });
}
const digest = (n: number): Digest => someDigest(`record ${String(n)}`);

describe('a sequenced record', () => {
  it('is under a signed checkpoint, and its proof verifies', async () => {
    await using sequencer = newSequencer();
    await append(0, 700);
    await sequencer.covered(digest(699));

    for (const n of [0, 255, 256, 511, 512, 699]) {
      const { index, leaf, proof, checkpoint } = await proveInclusion(db.database.pool, log.logId, digest(n));
      const note = parseSignedNote(checkpoint);
      const { size, root } = parseCheckpoint(note.text);
      expect(verify(null, Buffer.from(note.text), publicKey, note.signatures[0]?.signature ?? Buffer.of())).toBe(true);
      expect({ size, index, leaf: Buffer.from(leaf).toString() }).toEqual({ size: 700, index: n, leaf: `leaf ${String(n)}` });
      expect(inclusionHolds(hasher, { index, size, leaf: hasher.leaf(leaf), root }, proof)).toBe(true);
    }
    await expect(proveInclusion(db.database.pool, log.logId, digest(9999))).rejects.toMatchObject({ code: 'record-unknown' });
  });

  it('is the last that the newest checkpoint covers', async () => {
    await using sequencer = newSequencer();
    expect(await newestCheckpoint(db.database.pool, log.logId)).toBeUndefined();
    await append(0, 2);
    await sequencer.covered(digest(1));

    const note = await newestCheckpoint(db.database.pool, log.logId);

    expect(parseCheckpoint(parseSignedNote(note ?? '').text).size).toBe(2);
  });

  it('stays under every later checkpoint, which continues the earlier ones', async () => {
    await using sequencer = newSequencer();
    for (const [from, to] of [
      [0, 3],
      [3, 256],
      [256, 300],
      [300, 1030],
    ] as const) {
      await append(from, to);
      await sequencer.covered(digest(to - 1));
    }

    const checkpoints = (await db.query('app', 'select note from ledger.checkpoint order by size')).map(({ note }) =>
      parseCheckpoint(parseSignedNote(String(note)).text),
    );
    const later = checkpoints.at(-1) ?? { origin, size: 0, root: '' };

    expect(checkpoints.map(({ size }) => size)).toEqual([3, 256, 300, 1030]);
    for (const earlier of checkpoints) {
      const proof = await proveConsistency(db.database.pool, log.logId, { earlier: earlier.size, size: later.size });
      expect(consistencyHolds(hasher, { earlier, later }, proof)).toBe(true);
    }
    expect(await count('log_entries')).toBe(4);
    expect([await count('record_pending'), await count('event_pending')]).toEqual([0, 0]);
  });

  it('is found to be covered by whoever sequenced it, and missed where there is none', async () => {
    await using one = newSequencer();
    await using two = newSequencer();
    await append(0, 5);

    await Promise.all([one.covered(digest(4)), two.covered(digest(0)), two.covered(digest(4))]);

    await expect(one.covered(digest(77))).rejects.toMatchObject({ code: 'record-unknown' });
    expect(await count('log_leaf')).toBe(5);
  });

  it('does not wait for a process that died before it could tell', async () => {
    await append(0, 2);

    await using sequencer = new Sequencer({ database: db.database, log, onError: unexpected, sweepMs: 5 });
    while ((await count('log_leaf')) < 2);

    expect(sequencer).toBeDefined();
  });
});

describe('writers and sequencers that know nothing of each other', () => {
  it('make one log without gap, and a stream that skips nothing', { timeout: 120_000 }, async () => {
    let next = 0;
    let committed = 0;
    let writing = true;
    const writer = async (): Promise<void> => {
      for (let round = 0; round < 40; round++) {
        const mine = Array.from({ length: 1 + (round % 3) }, () => next++);
        const work = db.database.kysely.transaction().execute(async (trx) => {
          await appendRecords(
            trx,
            log.logId,
            mine.map((n) => sampleRecord(n)),
          );
          // Slow committers: their ids are older than their commits.
          if (round % 4 === 0) await new Promise((done) => setTimeout(done, round % 11));
          if (round % 10 === 9) throw new Error('rolled back');
        });
        await work.then(
          () => (committed += mine.length),
          () => undefined,
        );
      }
    };
    const sequencing = async (): Promise<void> => {
      const client = await db.database.pool.connect();
      const memory = {};
      while (writing || (await count('record_pending')) > 0) await sequence(client, { log, hasher, memory, limit: 50 });
      client.release();
    };
    const seen: number[] = [];
    const reading = async (): Promise<void> => {
      while (writing || seen.length < committed) for (const { seq } of await readEvents(db.database, seen.at(-1) ?? 0, 100)) seen.push(seq);
    };

    const others = [sequencing(), sequencing(), reading()];
    await Promise.all(Array.from({ length: 8 }, writer));
    writing = false;
    await Promise.all(others);

    expect(seen).toEqual(Array.from({ length: committed }, (_, i) => i + 1));
    expect([await count('record'), await count('log_leaf'), await count('event')]).toEqual([committed, committed, committed]);
    const order = `select bool_and(leaf.index = event.seq - 1) as same from ledger.event join ledger.log_leaf leaf using (record)`;
    expect(await db.query('app', order)).toEqual([{ same: true }]);
  });

  it('order records by their commit, not by their number', async () => {
    await using sequencer = newSequencer();
    let commit: () => void = () => undefined;
    const mayCommit = new Promise<void>((done) => (commit = done));
    let appended: () => void = () => undefined;
    const isAppended = new Promise<void>((done) => (appended = done));
    const slow = db.database.kysely.transaction().execute(async (trx) => {
      await appendRecords(trx, log.logId, [sampleRecord(1)]);
      appended();
      await mayCommit;
    });
    await isAppended;
    await append(2, 3);
    await sequencer.covered(digest(2));
    commit();
    await slow;
    await sequencer.covered(digest(1));

    const order = 'select digest from ledger.event join ledger.record on record.id = event.record order by seq';
    expect(await db.query('app', order)).toEqual([{ digest: digest(2) }, { digest: digest(1) }]);
    expect(await db.query('app', 'select record from ledger.log_leaf order by index')).toEqual([{ record: '2' }, { record: '1' }]);
  });
});

describe('a log', () => {
  it('is continued only with its own key and name', async () => {
    expect(await openLog(db.database, key)).toEqual(log);
    const renamed = { ...key, origin: 'other', verifierKey: verifierKey('other', raw) };
    await expect(openLog(db.database, renamed)).rejects.toMatchObject({ code: 'log-key-mismatch' });
  });

  it('is not continued from stored tiles that are not what was signed', async () => {
    await append(0, 300);
    const client = await db.database.pool.connect();
    await sequence(client, { log, hasher, memory: {}, limit: 300 });
    await db.query(
      'superuser',
      `set session_replication_role = replica; alter table ledger.log_leaf disable trigger all; update ledger.log_leaf set hash = sha256('x') where index = 299`,
    );
    await append(300, 301);

    await expect(sequence(client, { log, hasher, memory: {}, limit: 300 })).rejects.toMatchObject({ code: 'log-inconsistent' });
    client.release();

    expect(await count('record_pending')).toBe(1);
    expect(await count('checkpoint')).toBe(1);
  });
});

it('is hashed as the record says', () => {
  expect(Buffer.from(hasher.leaf(Buffer.from('x')), 'latin1')).toEqual(createHash('sha256').update(Buffer.from('\0x')).digest());
  expect(checkpointText({ origin, size: 0, root: hasher.emptyRoot })).toBe(`${origin}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`);
});
