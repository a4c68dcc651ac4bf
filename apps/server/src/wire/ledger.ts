import { join } from 'node:path';
import { evidenceKeys, fsck, newestCheckpoint, openLog, type FsckReport } from '@fairlead/adapters/postgres';
import { fileLogKey, fileSigner } from '@fairlead/adapters/signer';
import { trustPolicyOf, type Installation, type TrustPolicy } from '@fairlead/domain';
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

/** What a verifier has to know of this ledger, from its data directory. */
export async function readTrust(installation: Installation, env: Environment, log: Log): Promise<TrustPolicy> {
  await using stack = new AsyncDisposableStack();
  const dataDir = dataDirOf(installation, env);
  const directory = join(dataDir, 'keys');
  const database = await databaseOf({ installation, dataDir, env, log, stack });
  const opened = await openLog(database, await fileLogKey({ directory }));
  const keys = await evidenceKeys(database, opened, await fileSigner({ directory }));
  return trustPolicyOf(keys, await newestCheckpoint(database.pool, opened.logId));
}
