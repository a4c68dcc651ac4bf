import { ConflictError } from '@fairlead/domain';
import type { Database } from '../database.ts';

/** The key that signs checkpoints, and nothing else. */
export interface LogKey {
  readonly origin: string;
  readonly verifierKey: string;
  signNote(text: string): string;
}

export interface OpenLog {
  readonly logId: number;
  readonly key: LogKey;
}

/** 'fair' and 'logs' in ASCII. */
const openLock = [0x6661_6972, 0x6c6f_6773];

/** The log that records go to: the newest, or the first where there is none yet. Another key can't continue it: that would be a second history under one name. */
export async function openLog({ pool }: Database, key: LogKey): Promise<OpenLog> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1, $2)', openLock);
    const { rows } = await client.query<{ log_id: number; verifier_key: string }>(
      'select log_id, verifier_key from ledger.log order by log_id desc limit 1',
    );
    const found = rows[0];
    if (found !== undefined && found.verifier_key !== key.verifierKey) throw otherKey(found.verifier_key, key);
    if (found === undefined)
      await client.query('insert into ledger.log (log_id, origin, verifier_key) values (1, $1, $2)', [key.origin, key.verifierKey]);
    await client.query('commit');
    return { logId: found?.log_id ?? 1, key };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

function otherKey(expected: string, key: LogKey): ConflictError {
  return new ConflictError('log-key-mismatch', `the log is signed by ${expected}, the log key is ${key.verifierKey}`, {
    hint: 'restore the key file that belongs to this database, and keep the name of the log',
  });
}
