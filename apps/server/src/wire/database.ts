import { expireClaims, openDatabase, startEmbeddedPostgres, type Database } from '@fairlead/adapters/postgres';
import type { Installation } from '@fairlead/domain';
import type { Environment } from '../config/env.ts';
import { readSecret } from '../config/secrets.ts';
import type { Log } from '../log.ts';

export interface DatabaseParts {
  readonly installation: Installation;
  readonly dataDir: string;
  readonly env: Environment;
  readonly log: Log;
  /** Ends what was started. */
  readonly stack: AsyncDisposableStack;
}

/** The database of the installation, or the one that we start on its data directory. */
export async function databaseOf({ installation, dataDir, env, log, stack }: DatabaseParts): Promise<Database> {
  const onError = (error: Error): void => {
    log('database-connection-lost', { error });
  };
  const { database } = installation.spec;
  if (database !== undefined) return stack.use(await openDatabase({ url: await readSecret(database.url, env.variables) }, { onError }));
  const embedded = stack.use(await startEmbeddedPostgres({ dataDir }));
  const own = stack.use(await openDatabase({ embedded }, { onError }));
  await expireClaims(own); // nobody else can be at work on a database that we alone can start
  return own;
}
