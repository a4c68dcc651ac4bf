import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { openDatabase } from './database.ts';
import { testDatabase, type TestDatabase } from './testing/test-database.ts';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase('empty');
});
afterEach(() => db[Symbol.asyncDispose]());

const one = { number: 1, name: 'one', sql: 'create table fairlead.one (n int)' };
const two = { number: 2, name: 'two', sql: 'create table fairlead.two (n int)' };

describe('migrate', () => {
  it('numbers its steps from 1 without a gap', () => {
    expect(allMigrations.map(({ number }) => number)).toEqual(allMigrations.map((_, i) => i + 1));
  });

  it('runs each step once, also when several start at once and when some are already done', async () => {
    await migrate(db.connection('owner'), [one]);

    await Promise.all([1, 2, 3].map(() => migrate(db.connection('owner'), [one, two])));

    expect(await db.query('app', 'select number, name from fairlead.migration order by number')).toEqual([
      { number: 1, name: 'one' },
      { number: 2, name: 'two' },
    ]);
  });

  it('leaves nothing of a step that fails, and tries it again', async () => {
    const broken = { ...two, sql: 'create table fairlead.half (n int); select 1 / 0' };
    await expect(migrate(db.connection('owner'), [one, broken])).rejects.toThrow('division by zero');

    await migrate(db.connection('owner'), [one, two]);

    expect(
      await db.query('owner', `select to_regclass('fairlead.half') as half, to_regclass('fairlead.two') is null as two_missing`),
    ).toEqual([{ half: null, two_missing: false }]);
  });

  it('refuses a database of a newer Fairlead', async () => {
    await migrate(db.connection('owner'), [one, two]);

    await expect(migrate(db.connection('owner'), [one])).rejects.toMatchObject({
      code: 'data-directory-newer',
      message: 'the database was written by a newer Fairlead: its schema is 2, this one knows 1',
    });
  });
});

describe('openDatabase', () => {
  it('migrates, then works with less than the owner may do', async () => {
    await using database = await openDatabase({ embedded: db });

    expect(await database.kysely.selectFrom('fairlead.control').select('scope').execute()).toEqual([{ scope: 'installation' }]);
    await expect(database.pool.query('drop table fairlead.control')).rejects.toThrow('must be owner of table control');
  });

  it('gives up the rights of an owner that is all it was given', async () => {
    const { host, user, database: name } = db.connection('superuser');
    await using database = await openDatabase({ url: `postgres://${user}@${encodeURIComponent(host)}/${name}` });

    await expect(database.pool.query('drop table fairlead.control')).rejects.toThrow('must be owner of table control');
  });

  it('survives connections that break, idle or in use', async () => {
    await migrate(db.connection('owner'));
    const errors: string[] = [];
    await using database = await openDatabase({ embedded: db }, { onError: ({ message }) => errors.push(message) });

    const broken = database.kysely.transaction().execute((trx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx));

    await expect(broken).rejects.toThrow(/terminating connection|Connection terminated/);
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(errors.length).toBeGreaterThan(0);
  });

  it('says where it could not connect to, without the password', async () => {
    const failure = openDatabase({ url: 'postgres://somebody:secret-word@127.0.0.1:1/x' });

    await expect(failure).rejects.toThrow(/can't connect to the database: .*127\.0\.0\.1:1/);
    await expect(failure).rejects.not.toThrow('secret-word');
  });
});
