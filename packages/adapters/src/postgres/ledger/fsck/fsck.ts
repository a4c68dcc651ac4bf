import { readEntryBundle, type TreeHasher } from '@fairlead/domain';
import type pg from 'pg';
import type { Database } from '../../database.ts';
import { nativeTreeHasher } from '../native-tree-hasher.ts';
import { checkEvents } from './check-events.ts';
import { checkRecord, recordKeys, type RecordKeys, type RecordRow } from './check-record.ts';
import { treeCheck, type TreeCheck, type TreeSummary } from './check-tree.ts';
import { findingList, type Finding, type Report } from './finding.ts';

export interface FsckOptions {
  readonly database: Database;
  readonly logId: number;
  /** From the log's key file, not from the database that is checked. */
  readonly verifierKey: string;
  /** The SPKI forms of all keys that may have signed records. */
  readonly recordKeys: readonly Uint8Array[];
  /** `tree`: only leaves, tiles and the newest checkpoint. */
  readonly scope?: 'everything' | 'tree';
  /** How many findings are kept; all are counted. */
  readonly keep?: number;
}

export interface FsckReport {
  /** Leaves in the log. */
  readonly size: number;
  readonly checkpoints: number;
  readonly events: number;
  /** Records that wait for the sequencer. */
  readonly pending: number;
  readonly findings: readonly Finding[];
  readonly found: number;
}

interface Check extends FsckOptions {
  readonly client: pg.ClientBase;
  readonly report: Report;
  readonly tree: TreeCheck;
  readonly keys: RecordKeys;
  readonly hasher: TreeHasher;
}

const pageSize = 2048;
/** Of 256 leaves each. */
const entriesPage = 64;
const shown = 100;

/** Derives the whole ledger again from what was signed, as of one moment and in bounded memory, and tells what differs. */
export async function fsck(options: FsckOptions): Promise<FsckReport> {
  const client = await options.database.pool.connect();
  const { report, kept, total } = findingList(options.keep ?? 1000);
  const fromEntries = options.scope === 'tree';
  const { logId, verifierKey } = options;
  const tree = treeCheck({ client, logId, verifierKey, report, checkpoints: fromEntries ? 'newest' : 'all', fromEntries });
  const check: Check = { ...options, client, report, tree, keys: recordKeys(options.recordKeys), hasher: nativeTreeHasher() };
  try {
    await client.query('begin isolation level repeatable read, read only');
    const counted = await (fromEntries ? checkTree(check) : checkEverything(check));
    await client.query('commit');
    return { ...counted, findings: kept, found: total() };
  } finally {
    client.release();
  }
}

type Counted = Omit<FsckReport, 'findings' | 'found'>;

async function checkEverything(check: Check): Promise<Counted> {
  const { client, logId, report } = check;
  const summary = await checkLeaves(check);
  const pending = await checkPending(check);
  await checkLogged(check);
  return { ...summary, pending, events: await checkEvents(client, logId, report) };
}

interface LeafRow extends RecordRow {
  readonly index: number;
  readonly hash: Buffer;
  readonly recordId: number | null;
}

const leafColumns = `leaf.index, leaf.record as id, leaf.leaf, leaf.hash, record.id as "recordId", digest, service, environment, release, promotion, at, bundle`;

/** After a gap the tree can't be derived: what follows is only compared with its records. */
async function checkLeaves(check: Check): Promise<TreeSummary> {
  const { client, logId, report, tree } = check;
  let expected = 0;
  let broken = false;
  for (let last = -1; ;) {
    const { rows } = await client.query<LeafRow>({
      name: 'fsck-leaves',
      text: `select ${leafColumns} from ledger.log_leaf leaf left join ledger.record on record.id = leaf.record
        where log_id = $1 and leaf.index > $2 order by leaf.index limit ${String(pageSize)}`,
      values: [logId, last],
    });
    for (const row of rows) {
      if (row.index !== expected)
        report({ kind: 'leaf-missing', where: `leaf ${String(expected)}`, detail: `is missing, the next is ${String(row.index)}` });
      broken ||= row.index !== expected;
      expected = row.index + 1;
      checkLeaf(check, row);
    }
    if (!broken) await tree.take(rows.map(({ leaf }) => leaf));
    last = rows.at(-1)?.index ?? last;
    if (rows.length < pageSize) return broken ? { size: expected, checkpoints: 0 } : tree.finish();
  }
}

function checkLeaf({ keys, report, hasher }: Check, row: LeafRow): void {
  const where = `leaf ${String(row.index)}`;
  if (row.hash.toString('latin1') !== hasher.leaf(row.leaf)) report({ kind: 'leaf-hash', where, detail: "isn't hashed as it is" });
  if (row.recordId === null) report({ kind: 'record-missing', where, detail: `its record ${String(row.id)} is missing` });
  else checkRecord(row, keys, report);
}

async function checkPending({ client, logId, report, keys }: Check): Promise<number> {
  let count = 0;
  for (let last = 0; ;) {
    const { rows } = await client.query<LeafRow & { readonly logged: boolean }>({
      name: 'fsck-pending',
      text: `select pending.id, pending.leaf, record.id as "recordId", digest, service, environment, release, promotion, at, bundle,
          exists (select from ledger.log_leaf leaf where leaf.record = pending.id and leaf.log_id = $1) as logged
        from ledger.record_pending pending left join ledger.record using (id) where log_id = $1 and pending.id > $2 order by pending.id limit ${String(pageSize)}`,
      values: [logId, last],
    });
    for (const row of rows) {
      if (row.logged) report({ kind: 'pending-logged', where: `record ${String(row.id)}`, detail: 'is in the log and waits for it' });
      if (row.recordId === null) report({ kind: 'record-missing', where: `pending ${String(row.id)}`, detail: 'its record is missing' });
      else checkRecord(row, keys, report);
    }
    count += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < pageSize) return count;
  }
}

/** A record that is neither in a log nor on its way into one was taken out. */
async function checkLogged({ client, report }: Check): Promise<void> {
  const { rows } = await client.query<{ id: number }>(
    `select id from ledger.record where not exists (select from ledger.log_leaf leaf where leaf.record = record.id)
      and not exists (select from ledger.record_pending pending where pending.id = record.id) order by id limit ${String(shown)}`,
  );
  for (const { id } of rows) report({ kind: 'record-unlogged', where: `record ${String(id)}`, detail: 'is in no log and waits for none' });
}

async function checkTree({ client, logId, tree }: Check): Promise<Counted> {
  let index = 0;
  for (;;) {
    const { rows } = await client.query<{ index: number; leaves: Buffer }>({
      name: 'fsck-read-entries',
      text: 'select index, leaves from ledger.log_entries where log_id = $1 and index >= $2 and index < $3 order by index',
      values: [logId, index, index + entriesPage],
    });
    await tree.take(rows.flatMap(({ leaves }) => readEntryBundle(leaves)));
    index += rows.length;
    if (rows.length < entriesPage) break;
  }
  const tail = await client.query<{ leaf: Buffer }>('select leaf from ledger.log_leaf where log_id = $1 and index >= $2 order by index', [
    logId,
    index * 256,
  ]);
  await tree.take(tail.rows.map(({ leaf }) => leaf));
  return { ...(await tree.finish()), events: 0, pending: 0 };
}
