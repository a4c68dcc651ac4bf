import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, postgresLeases, postgresStore, startEmbeddedPostgres, type Database } from '@fairlead/adapters/postgres';
import type { Leases, Store } from '@fairlead/engine';
import { z } from 'zod';

/** The PostgreSQL that we bring, with the settings that a server starts it with. */
export interface BenchDatabase extends AsyncDisposable {
  /** A folder for keys and the like; goes with the database. */
  readonly folder: string;
  readonly leases: Leases;
  /** Says when a transaction is through: then whoever asks sees what it wrote. */
  store(committed?: () => void): Store;
  /** To be asked of later. */
  now(): Promise<number>;
  /** How many rows each table has that were written since, of those that have any. */
  writtenSince(then: number): Promise<ReadonlyMap<string, number>>;
}

export async function benchDatabase(): Promise<BenchDatabase> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'fl-bench-'));
  // The server runs as a user of its own.
  await chmod(folder, 0o711);
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const embedded = stack.use(await startEmbeddedPostgres({ dataDir: folder }));
  const database = stack.use(await openDatabase({ embedded }));
  const store = postgresStore({ database, log: { logId: 1 }, claimMs: 60_000 });
  const all = stack.move();
  return {
    folder,
    leases: postgresLeases({ database, holder: 'bench', leaseMs: 3_600_000 }),
    store: (committed = () => undefined) => ({
      read: (work) => store.read(work),
      async transact(work) {
        const result = await store.transact(work);
        committed();
        return result;
      },
    }),
    now: async () => numberOf(await database.pool.query('select txid_current()::text as number')),
    writtenSince: (then) => writtenSince(database, then),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const Names = z.array(z.object({ schema: z.string(), name: z.string() }));
const One = z.object({ rows: z.tuple([z.object({ number: z.coerce.number() })]) });

function numberOf(answer: unknown): number {
  return One.parse(answer).rows[0].number;
}

/** Each version of a row has the number of the transaction that wrote it. */
async function writtenSince({ pool }: Database, then: number): Promise<ReadonlyMap<string, number>> {
  const tables = await pool.query(`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname in ('fairlead', 'ledger') and has_table_privilege(schemaname || '.' || tablename, 'select')`);
  const written = new Map<string, number>();
  for (const { schema, name } of Names.parse(tables.rows)) {
    const rows = numberOf(await pool.query(`select count(*) as number from ${schema}.${name} where xmin::text::bigint > $1`, [then]));
    if (rows > 0) written.set(name, rows);
  }
  return written;
}
