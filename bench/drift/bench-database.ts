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
  /** A number for each table that grows with every row that is written to it. */
  writes(): Promise<ReadonlyMap<string, number>>;
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
    writes: () => writes(database),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const Names = z.array(z.object({ name: z.string() }));
const Version = z.tuple([z.object({ version: z.coerce.number() })]);

/** Each version of a row has the number of the transaction that wrote it. */
async function writes({ pool }: Database): Promise<ReadonlyMap<string, number>> {
  const tables = await pool.query(`select tablename as name from pg_tables where schemaname = 'fairlead' order by 1`);
  const versions = new Map<string, number>();
  for (const { name } of Names.parse(tables.rows)) {
    const { rows } = await pool.query(`select coalesce(sum(xmin::text::bigint), 0)::text as version from fairlead.${name}`);
    versions.set(name, Version.parse(rows)[0].version);
  }
  return versions;
}
