import { UpstreamError } from '@fairlead/domain';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { EmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

/** `ownerUrl` runs the migrations. Without it `url` does, and the application gives up the owner's rights on each connection: weaker, because it could take them back. */
export type DatabaseSource =
  { readonly embedded: Pick<EmbeddedPostgres, 'connection'> } | { readonly url: string; readonly ownerUrl?: string };

export interface DatabaseOptions {
  readonly maxConnections?: number;
  /** A connection broke. The pool replaces it; what ran on it fails. */
  readonly onError?: (error: Error) => void;
}

/** Counts stay far below 2^53, so they are numbers. Of our connections alone: pg's own table is the process's. */
function countsAsNumbers(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  return types;
}

/** Migrates as owner, then connects as the application's role, which can't change evidence. */
export async function openDatabase(source: DatabaseSource, options: DatabaseOptions = {}): Promise<Database> {
  const { owner, app } = connectionsOf(source);
  await connecting(migrate(owner));
  return Database.connect(app, options);
}

function connectionsOf(source: DatabaseSource): { readonly owner: pg.ClientConfig; readonly app: pg.ClientConfig } {
  if ('embedded' in source) return { owner: source.embedded.connection('owner'), app: source.embedded.connection('app') };
  const { url, ownerUrl } = source;
  if (ownerUrl !== undefined) return { owner: { connectionString: ownerUrl }, app: { connectionString: url } };
  return { owner: { connectionString: url }, app: { connectionString: url, options: '-c role=fairlead_app' } };
}

/** A refused connection says where to, and never with which password. */
async function connecting<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(E[A-Z]+|28...|3D000|57P03)$/.test(error.code)))
      throw error;
    throw new UpstreamError('database-unreachable', `can't connect to the database: ${error.message === '' ? error.code : error.message}`, {
      provider: 'postgres',
      retryable: true,
      cause: error,
    });
  });
}

/** Connections of the application's role. */
export class Database {
  readonly kysely: Kysely<Schema>;
  readonly pool: pg.Pool;
  readonly #config: pg.ClientConfig;
  readonly #onError: (error: Error) => void;
  #ended = false;

  private constructor(config: pg.ClientConfig, { maxConnections = 20, onError = () => undefined }: DatabaseOptions) {
    this.#config = config;
    // The pool doesn't wait until the server has let go of its connections: one that breaks after that is no news.
    this.#onError = (error) => {
      if (!this.#ended) onError(error);
    };
    this.pool = new pg.Pool({ ...config, max: maxConnections });
    // Also while a connection is in use: an error event that nobody hears would end the process.
    this.pool.on('connect', (client) => client.on('error', this.#onError));
    this.pool.on('error', () => undefined);
    this.kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: this.pool }) });
  }

  /** Precondition: the schema is migrated, and the connection is the application's role. */
  static connect(app: pg.ClientConfig, options: DatabaseOptions = {}): Database {
    return new Database({ ...app, types: countsAsNumbers() }, options);
  }

  /** A connection outside the pool, for listening. The caller ends it. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#config, keepAlive: true });
    client.on('error', this.#onError);
    await client.connect();
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    await this.kysely.destroy();
  }
}
