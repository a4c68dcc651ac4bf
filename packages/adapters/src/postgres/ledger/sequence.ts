import {
  appendLeaves,
  checkpointText,
  emptyFrontier,
  frontierRoot,
  tileWidth,
  writeEntryBundle,
  type FullTile,
  type TreeFrontier,
  type TreeHasher,
} from '@fairlead/domain';
import type pg from 'pg';
import { eventChannel } from './events.ts';
import { readHead, readState, type LogState } from './log-state.ts';
import { joinHashes } from './native-tree-hasher.ts';
import type { OpenLog } from './open-log.ts';

/** What a caller of `sequence` keeps between its runs. Only used while the stored head is the one it describes. */
export interface SequenceMemory {
  state?: LogState;
}

export interface SequenceRun {
  readonly log: OpenLog;
  readonly hasher: TreeHasher;
  readonly memory: SequenceMemory;
  readonly limit: number;
}

interface Pending {
  readonly id: number;
  readonly leaf: Buffer;
}

/** 'flog' in ASCII; with the log's number. */
const logLock = 0x666c_6f67;

/** Takes what is pending and makes it part of the log, in one transaction: any process may do this at any time. Gives the number of records taken. */
export async function sequence(client: pg.ClientBase, run: SequenceRun): Promise<number> {
  await client.query('begin');
  try {
    const taken = await sequenceUnderLock(client, run);
    await client.query('commit');
    return taken;
  } catch (error) {
    delete run.memory.state;
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function sequenceUnderLock(client: pg.ClientBase, { log, hasher, memory, limit }: SequenceRun): Promise<number> {
  // A statement of its own: in one with the read, the snapshot would be older than the lock.
  await client.query({ name: 'ledger-lock', text: 'select pg_advisory_xact_lock($1, $2)', values: [logLock, log.logId] });
  const pending = await takePending(client, log.logId, limit);
  if (pending.length === 0) return 0;
  const before = await currentState(client, { log, hasher, memory });
  const leaves = pending.map(({ leaf }) => leaf);
  const hashes = leaves.map((leaf) => hasher.leaf(leaf));
  const { frontier, fullTiles } = appendLeaves(hasher, before.frontier, hashes);
  const root = frontierRoot(hasher, frontier);
  const writer = { client, logId: log.logId };

  await writeLeaves(writer, before.frontier.size, { pending, hashes });
  const tail = await writeEntries(writer, before, leaves);
  await writeTiles(writer, frontier, fullTiles);
  await writeEvents(client, pending);
  await writeCheckpoint(writer, {
    size: frontier.size,
    root: joinHashes([root]),
    note: log.key.signNote(checkpointText({ ...log.key, size: frontier.size, root })),
  });
  memory.state = { frontier, root, tail };
  return pending.length;
}

async function takePending(client: pg.ClientBase, logId: number, limit: number): Promise<readonly Pending[]> {
  const { rows } = await client.query<Pending>({
    name: 'ledger-take',
    text: `with taken as (
        delete from ledger.record_pending where id in (select id from ledger.record_pending where log_id = $1 order by id limit $2) returning id, leaf
      ) select id, leaf from taken order by id`,
    values: [logId, limit],
  });
  return rows;
}

/** Another process may have gone on since: the memory counts only while the stored head is the one it describes. */
async function currentState(client: pg.ClientBase, { log, hasher, memory }: Omit<SequenceRun, 'limit'>): Promise<LogState> {
  const head = await readHead(client, log.logId);
  if (head === 'absent') return { frontier: emptyFrontier, root: hasher.emptyRoot, tail: [] };
  const known = memory.state;
  return known?.frontier.size === head.size && known.root === head.root ? known : readState(client, log.logId, { hasher, head });
}

interface Writer {
  readonly client: pg.ClientBase;
  readonly logId: number;
}

async function writeLeaves(
  { client, logId }: Writer,
  first: number,
  added: { readonly pending: readonly Pending[]; readonly hashes: readonly string[] },
): Promise<void> {
  await client.query({
    name: 'ledger-leaves',
    text: `insert into ledger.log_leaf (log_id, index, record, leaf, hash)
      select $1, $2::bigint + n - 1, record, leaf, hash from unnest($3::bigint[], $4::bytea[], $5::bytea[]) with ordinality as added (record, leaf, hash, n)`,
    values: [
      logId,
      first,
      added.pending.map(({ id }) => id),
      added.pending.map(({ leaf }) => leaf),
      added.hashes.map((hash) => joinHashes([hash])),
    ],
  });
}

/** Full bundles of leaves, which read ten times faster than rows. Gives the leaves that don't fill one yet. */
async function writeEntries({ client, logId }: Writer, before: LogState, leaves: readonly Buffer[]): Promise<readonly Buffer[]> {
  const all = [...before.tail, ...leaves];
  const first = (before.frontier.size - before.tail.length) / tileWidth;
  const count = Math.floor(all.length / tileWidth);
  const bundles = Array.from({ length: count }, (_, i) => Buffer.from(writeEntryBundle(all.slice(i * tileWidth, (i + 1) * tileWidth))));
  if (count > 0)
    await client.query({
      name: 'ledger-entries',
      text: `insert into ledger.log_entries (log_id, index, leaves)
        select $1, $2::bigint + n - 1, leaves from unnest($3::bytea[]) with ordinality as added (leaves, n)`,
      values: [logId, first, bundles],
    });
  return all.slice(count * tileWidth);
}

async function writeTiles({ client, logId }: Writer, { levels }: TreeFrontier, full: readonly FullTile[]): Promise<void> {
  if (full.length === 0) return;
  await client.query({
    name: 'ledger-tiles',
    text: 'insert into ledger.log_tile (log_id, level, index, hashes) select $1, * from unnest($2::int[], $3::bigint[], $4::bytea[])',
    values: [logId, full.map(({ level }) => level), full.map(({ index }) => index), full.map(({ hashes }) => joinHashes(hashes))],
  });
  // Only a tile that became full changes what stands above the leaves.
  const upper = levels.map((row, level) => ({ row, level })).slice(1);
  await client.query({
    name: 'ledger-frontier',
    text: `insert into ledger.log_frontier (log_id, level, hashes) select $1, * from unnest($2::int[], $3::bytea[])
      on conflict (log_id, level) do update set hashes = excluded.hashes`,
    values: [logId, upper.map(({ level }) => level), upper.map(({ row }) => joinHashes(row))],
  });
}

/** Numbers follow the log's order, under its lock: who reads up to a number has seen all that came before. */
async function writeEvents(client: pg.ClientBase, pending: readonly Pending[]): Promise<void> {
  const { rows } = await client.query<{ last: number }>({
    name: 'ledger-last-event',
    text: 'select coalesce(max(seq), 0) as last from ledger.event',
  });
  const last = rows[0]?.last ?? 0;
  const { rowCount } = await client.query({
    name: 'ledger-events',
    text: `with taken as (delete from ledger.event_pending where record = any($1::bigint[]) returning id, record, body)
      insert into ledger.event (seq, record, body) select $2::bigint + row_number() over (order by record, id), record, body from taken`,
    values: [pending.map(({ id }) => id), last],
  });
  await client.query({ name: 'ledger-ring', text: 'select pg_notify($1, $2)', values: [eventChannel, String(last + (rowCount ?? 0))] });
}

async function writeCheckpoint(
  { client, logId }: Writer,
  checkpoint: { readonly size: number; readonly root: Buffer; readonly note: string },
): Promise<void> {
  await client.query({
    name: 'ledger-checkpoint',
    text: 'insert into ledger.checkpoint (log_id, size, root, note) values ($1, $2, $3, $4)',
    values: [logId, checkpoint.size, checkpoint.root, checkpoint.note],
  });
}
