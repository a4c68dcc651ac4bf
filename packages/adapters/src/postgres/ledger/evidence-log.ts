import { InvalidError, parseCheckpoint, parseSignedNote, toBase64, treeHashBytes, type Digest, type EvidenceKeys } from '@fairlead/domain';
import type { EvidenceLog } from '@fairlead/engine';
import type { Database } from '../database.ts';
import type { OpenLog } from './open-log.ts';
import { newestCheckpoint, proveConsistency, proveTogether } from './prove.ts';

/** A key that signs records. */
interface RecordKey {
  readonly keyId: string;
  readonly spki: Uint8Array;
}

interface EvidenceLogOptions {
  readonly database: Database;
  readonly log: OpenLog;
  readonly recordKey: RecordKey;
  readonly covered: (record: Digest) => Promise<void>;
}

/** The log as those read it who prove things by it. */
export function postgresEvidenceLog({ database, log, recordKey, covered }: EvidenceLogOptions): EvidenceLog {
  const { pool } = database;
  const { logId, key } = log;
  return {
    covered,
    checkpoint: () => newestCheckpoint(pool, logId),
    keys: () => evidenceKeys(database, log, recordKey),
    async prove(records) {
      return { origin: key.origin, ...(await proveTogether(pool, logId, records)) };
    },
    async continues(note, size) {
      const earlier = await ownCheckpoint(database, log, note);
      if (earlier > size)
        throw new InvalidError('checkpoint-newer', `the checkpoint has ${String(earlier)} records, the bundle's log ${String(size)}`);
      return { note, size: earlier, proof: await proveConsistency(pool, logId, { earlier, size }) };
    },
  };
}

/** Since the first record that was signed: a key without a beginning would vouch for whatever was made before there was a log. */
export async function evidenceKeys({ pool }: Database, { logId, key }: OpenLog, recordKey: RecordKey): Promise<EvidenceKeys> {
  const { rows } = await pool.query<{ since: Date }>(
    `select least(opened_at, (select at from ledger.record order by id limit 1)) as since from ledger.log where log_id = $1`,
    [logId],
  );
  const validFrom = (rows[0]?.since ?? new Date(0)).toISOString();
  return {
    log: { origin: key.origin, vkey: key.verifierKey },
    recordKeys: [{ keyId: recordKey.keyId, spki: toBase64(recordKey.spki), validFrom }],
  };
}

/** The size of a checkpoint that this log has signed: another one can't be continued, and asking for it shows that somebody was given another history. */
async function ownCheckpoint({ pool }: Database, { logId, key }: OpenLog, note: string): Promise<number> {
  const { origin, size, root } = parseCheckpoint(parseSignedNote(note).text);
  const { rows } = await pool.query('select 1 from ledger.checkpoint where log_id = $1 and size = $2 and root = $3', [
    logId,
    size,
    Buffer.from(treeHashBytes(root)),
  ]);
  if (origin === key.origin && rows.length === 1) return size;
  throw new InvalidError('checkpoint-foreign', `log ${key.origin} never had the checkpoint of ${origin} at ${String(size)} records`, {
    hint: 'give a checkpoint of this log, from "fairlead ledger trust"; if it is, keep it: it shows that the log was changed',
  });
}
