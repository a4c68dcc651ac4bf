import pg from 'pg';
import { roles } from './access-rules.ts';
import { socketPort } from './socket-directory.ts';

/** Where a role connects. */
export interface ServerConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export const databaseName = 'fairlead';

/** Roles without privileges beyond their own database, and that database. Each step may be repeated after a crash. */
export async function provision(socketDirectory: string): Promise<void> {
  const client = new pg.Client({ host: socketDirectory, port: socketPort, user: roles.superuser, database: 'postgres' });
  await client.connect();
  try {
    for (const role of [roles.owner, roles.app]) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      if (rowCount === 0) await client.query(`create role ${role} login`);
    }
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName} owner ${roles.owner}`);
  } finally {
    await client.end();
  }
}
