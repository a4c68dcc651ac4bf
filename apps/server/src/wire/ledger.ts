import { join } from 'node:path';
import { fsck, openLog, type FsckReport } from '@fairlead/adapters/postgres';
import { fileLogKey, fileSigner } from '@fairlead/adapters/signer';
import type { Installation } from '@fairlead/domain';
import { dataDirOf } from '../config/config.ts';
import type { Environment } from '../config/env.ts';
import type { Log } from '../log.ts';
import { databaseOf } from './database.ts';

export type LedgerReport = FsckReport & { readonly verifierKey: string };

/** Derives the whole evidence log again, with the keys of the data directory and not with what the database says of them. */
export async function checkLedger(installation: Installation, env: Environment, log: Log): Promise<LedgerReport> {
  await using stack = new AsyncDisposableStack();
  const dataDir = dataDirOf(installation, env);
  const directory = join(dataDir, 'keys');
  const database = await databaseOf({ installation, dataDir, env, log, stack });
  const signer = await fileSigner({ directory });
  const key = await fileLogKey({ directory });
  const { logId } = await openLog(database, key);
  return { ...(await fsck({ database, logId, verifierKey: key.verifierKey, recordKeys: [signer.spki] })), verifierKey: key.verifierKey };
}
