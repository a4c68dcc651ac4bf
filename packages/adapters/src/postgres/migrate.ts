import { ConflictError, InvalidError } from '@fairlead/domain';
import pg from 'pg';
import { allMigrations } from './migrations/all-migrations.ts';
import type { Migration } from './migrations/migration.ts';

const oldestVersion = 16;
const appRole = 'fairlead_app';
/** 'fair' and 'migr' in ASCII. */
const migrationLock = [0x6661_6972, 0x6d69_6772];

/** Brings the schema up to date, as its owner. Of several that start at once, one migrates and the others find it done. */
export async function migrate(owner: pg.ClientConfig, migrations: readonly Migration[] = allMigrations): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await requireVersion(client);
    await requireAppRole(client);
    // Of the session, and a statement of its own: what is read under it is younger than it.
    await client.query('select pg_advisory_lock($1, $2)', migrationLock);
    const done = await migrationsDone(client);
    refuseNewer(done, migrations);
    for (const migration of migrations.slice(done)) await run(client, migration);
  } finally {
    await client.end();
  }
}

async function migrationsDone(client: pg.Client): Promise<number> {
  await client.query(`
    create schema if not exists fairlead;
    create table if not exists fairlead.migration (number int primary key, name text not null, at timestamptz not null default clock_timestamp());
    grant usage on schema fairlead to ${appRole};
    grant select on fairlead.migration to ${appRole};
  `);
  const { rows } = await client.query<{ done: number }>('select count(*)::int as done from fairlead.migration');
  return rows[0]?.done ?? 0;
}

function refuseNewer(done: number, migrations: readonly Migration[]): void {
  if (done <= migrations.length) return;
  throw new ConflictError(
    'data-directory-newer',
    `the database was written by a newer Fairlead: its schema is ${String(done)}, this one knows ${String(migrations.length)}`,
    { hint: 'start the newer Fairlead, or restore a backup that this one made' },
  );
}

async function run(client: pg.Client, { number, name, sql }: Migration): Promise<void> {
  await client.query('begin');
  await client.query(sql);
  await client.query('insert into fairlead.migration (number, name) values ($1, $2)', [number, name]);
  await client.query('commit');
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
  );
  if (Number(rows[0]?.number) >= oldestVersion * 10_000) return;
  throw new InvalidError(
    'database-too-old',
    `the database is PostgreSQL ${rows[0]?.version ?? ''}, Fairlead needs ${String(oldestVersion)} or newer`,
  );
}

/** An external database may not let its owner make roles. */
async function requireAppRole(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [appRole]);
  if (rowCount !== 0) return;
  await client.query(`create role ${appRole}; grant ${appRole} to current_user`).catch((error: unknown) => {
    throw new InvalidError('database-role-missing', `the database has no role ${appRole}, and its owner can't create one`, {
      hint: `run once as an administrator: create role ${appRole}; grant ${appRole} to current_user;`,
      cause: error,
    });
  });
}
