import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidError, type Installation, type TrustPolicy } from '@fairlead/domain';
import { dataDirOf } from './config/config.ts';
import type { Environment } from './config/env.ts';
import type { Log } from './log.ts';
import { checkLedger, readTrust, type LedgerReport } from './wire/ledger.ts';

export type { LedgerReport };

export interface LedgerOptions {
  readonly installation: Installation;
  readonly env: Environment;
  readonly log: Log;
}

/** Checks the ledger of a stopped server. */
export async function fsckLedger({ installation, env, log }: LedgerOptions): Promise<LedgerReport> {
  await requireLedger(dataDirOf(installation, env));
  return checkLedger(installation, env, log);
}

/** What a verifier has to know, from the data directory of a stopped server. */
export async function ledgerTrust({ installation, env, log }: LedgerOptions): Promise<TrustPolicy> {
  await requireLedger(dataDirOf(installation, env));
  return readTrust(installation, env, log);
}

/** Never makes one: a wrong directory is an error, not an empty ledger without findings. */
async function requireLedger(dataDir: string): Promise<void> {
  const key = join(dataDir, 'keys', 'log.pem');
  const there = await stat(key).catch(() => undefined);
  if (there !== undefined) return;
  throw new InvalidError('data-directory-absent', `${dataDir} holds no ledger: there is no ${key}`, {
    hint: 'name the data directory of the server: --data DIR',
  });
}
