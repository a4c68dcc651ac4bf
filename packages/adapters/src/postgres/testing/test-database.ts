import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { InvariantError } from '@fairlead/domain';
import pg from 'pg';
import { z } from 'zod';
import { Database } from '../database.ts';
import { roles, type Role } from '../embedded/access-rules.ts';
import type { ServerConnection } from '../embedded/provision.ts';
import { templateDatabase, testServerVariable } from './test-server-address.ts';

const Answer = z.union([
  z.object({ connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }) }),
  z.object({ failed: z.string() }),
]);

/** A migrated database of its own on the run's server, dropped at the end. */
export interface TestDatabase extends AsyncDisposable {
  connection(role: Role): ServerConnection;
  /** As the application's role; opened once, closed with the rest. */
  readonly database: Database;
  /** As it is now. Ends the connections that are open, since a database is only copied when nobody uses it. */
  copy(): Promise<TestDatabase>;
  /** Runs statements as a role, on a connection of its own. */
  query(role: Role, statements: string): Promise<readonly Record<string, unknown>[]>;
}

/** `empty`: not migrated. */
export async function testDatabase(kind: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const server = await testServer();
  return makeDatabase(server, kind === 'migrated' ? templateDatabase : 'template1');
}

async function makeDatabase(server: ServerConnection, template: string): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const administer = (statement: string): Promise<unknown> => run({ ...server, database: 'postgres' }, statement);
  await administer(`create database ${name} owner ${roles.owner} template ${template} strategy file_copy`);
  const connection = (role: Role): ServerConnection => ({ ...server, user: roles[role], database: name });
  const database = Database.connect(connection('app'));
  return {
    connection,
    database,
    query: (role, statements) => run(connection(role), statements),
    async copy() {
      await administer(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${name}'`);
      return makeDatabase(server, name);
    },
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await administer(`drop database ${name} with (force)`);
    },
  };
}

async function testServer(): Promise<ServerConnection> {
  const path = process.env[testServerVariable];
  if (path === undefined)
    throw new InvariantError(
      'no-test-server',
      `${testServerVariable} isn't set: postgres/testing/shared-server.ts must be the project's global set-up`,
    );
  const answer = Answer.parse(JSON.parse(await text(connect(path))));
  if ('failed' in answer) throw new InvariantError('no-test-server', answer.failed);
  return answer.connection;
}

async function run(connection: ServerConnection, statements: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statements)).rows;
  } finally {
    await client.end();
  }
}
