import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidError, type Installation } from '@fairlead/domain';
import { dataDirOf } from './config/config.ts';
import type { Environment } from './config/env.ts';
import type { Log } from './log.ts';
import { checkLedger, type LedgerReport } from './wire/ledger.ts';

export type { LedgerReport };

export interface FsckOptions {
  readonly installation: Installation;
  readonly env: Environment;
  readonly log: Log;
}

/** Checks the ledger of a stopped server. Never makes one: a wrong directory is an error, not an empty ledger without findings. */
export async function fsckLedger({ installation, env, log }: FsckOptions): Promise<LedgerReport> {
  const dataDir = dataDirOf(installation, env);
  const key = join(dataDir, 'keys', 'log.pem');
  const there = await stat(key).catch(() => undefined);
  if (there !== undefined) return checkLedger(installation, env, log);
  throw new InvalidError('data-directory-absent', `${dataDir} holds no ledger: there is no ${key}`, {
    hint: 'name the data directory of the server: --data DIR',
  });
}
