import {
  consistencyPath,
  inclusionPath,
  NotFoundError,
  slicesOf,
  subtreeHash,
  tileWidth,
  type Digest,
  type ReadTile,
  type Subtree,
  type TreeHash,
} from '@fairlead/domain';
import type pg from 'pg';
import { nativeTreeHasher, splitHashes } from './native-tree-hasher.ts';

export interface Proven {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly proof: readonly TreeHash[];
  /** The signed note of the checkpoint that the proof is for. */
  readonly checkpoint: string;
  readonly size: number;
}

/** That the record is in the log, up to its newest checkpoint. Throws `NotFoundError` for a record that isn't sequenced. */
export async function proveInclusion(client: pg.ClientBase | pg.Pool, logId: number, digest: Digest): Promise<Proven> {
  const { rows } = await client.query<{ index: number; leaf: Buffer; size: number; note: string }>({
    name: 'ledger-prove',
    text: `select leaf.index, leaf.leaf, checkpoint.size, checkpoint.note from ledger.record join ledger.log_leaf leaf on leaf.record = record.id and leaf.log_id = $1,
      lateral (select size, note from ledger.checkpoint where log_id = $1 order by size desc limit 1) checkpoint where digest = $2`,
    values: [logId, digest],
  });
  const row = rows[0];
  if (row === undefined) throw new NotFoundError('record-unknown', `log ${String(logId)} has no record ${digest}`);
  const { index, leaf, size, note } = row;
  return { index, leaf, size, checkpoint: note, proof: await hashesOf(client, logId, inclusionPath(index, size)) };
}

export interface ProvenTogether {
  readonly size: number;
  readonly checkpoint: string;
  readonly places: ReadonlyMap<Digest, Pick<Proven, 'index' | 'leaf' | 'proof'>>;
}

/** As `proveInclusion`, for any number of records under one checkpoint, in a few statements. Throws `NotFoundError` where one isn't sequenced. */
export async function proveTogether(client: pg.ClientBase | pg.Pool, logId: number, digests: readonly Digest[]): Promise<ProvenTogether> {
  const { rows } = await client.query<{ digest: Digest; index: number; leaf: Buffer; size: number; note: string }>({
    name: 'ledger-prove-together',
    text: `select record.digest, leaf.index, leaf.leaf, checkpoint.size, checkpoint.note
      from (select size, note from ledger.checkpoint where log_id = $1 order by size desc limit 1) checkpoint
      join ledger.record on record.digest = any($2) join ledger.log_leaf leaf on leaf.record = record.id and leaf.log_id = $1 and leaf.index < checkpoint.size`,
    values: [logId, digests],
  });
  const found = new Map(rows.map((row) => [row.digest, row]));
  const unknown = digests.find((digest) => !found.has(digest));
  const [first] = rows;
  if (first === undefined || unknown !== undefined)
    throw new NotFoundError('record-unknown', `log ${String(logId)} has no record ${unknown ?? ''}`, { hint: 'try again in a moment' });
  const { size, note } = first;
  const paths = new Map(rows.map(({ digest, index }) => [digest, inclusionPath(index, size)]));
  const hasher = nativeTreeHasher();
  const read = await readTiles(client, logId, [...paths.values()].flat());
  const known = new Map<string, TreeHash>();
  const hashOf = (subtree: Subtree): TreeHash => {
    const key = `${String(subtree.from)}-${String(subtree.to)}`;
    const hash = known.get(key) ?? subtreeHash(hasher, subtree, read);
    known.set(key, hash);
    return hash;
  };
  const places = rows.map(({ digest, index, leaf }) => [digest, { index, leaf, proof: (paths.get(digest) ?? []).map(hashOf) }] as const);
  return { size, checkpoint: note, places: new Map(places) };
}

/** The newest checkpoint as a signed note; absent before the first record. */
export async function newestCheckpoint(client: pg.ClientBase | pg.Pool, logId: number): Promise<string | undefined> {
  const { rows } = await client.query<{ note: string }>({
    name: 'ledger-newest',
    text: 'select note from ledger.checkpoint where log_id = $1 order by size desc limit 1',
    values: [logId],
  });
  return rows[0]?.note;
}

/** That the log of `size` leaves continues that of `earlier` leaves. */
export function proveConsistency(
  client: pg.ClientBase | pg.Pool,
  logId: number,
  { earlier, size }: { readonly earlier: number; readonly size: number },
): Promise<readonly TreeHash[]> {
  return hashesOf(client, logId, consistencyPath(earlier, size));
}

async function hashesOf(client: pg.ClientBase | pg.Pool, logId: number, path: readonly Subtree[]): Promise<readonly TreeHash[]> {
  const hasher = nativeTreeHasher();
  const read = await readTiles(client, logId, path);
  return path.map((subtree) => subtreeHash(hasher, subtree, read));
}

/** All tiles that the path needs, in one statement: full ones, else what is at the right edge. */
async function readTiles(client: pg.ClientBase | pg.Pool, logId: number, path: readonly Subtree[]): Promise<ReadTile> {
  const wanted = new Map(path.flatMap(slicesOf).map(({ level, tile }) => [keyOf(level, tile), { level, tile }]));
  const tiles = [...wanted.values()];
  const { rows } = await client.query<{ level: number; tile: number; hashes: Buffer }>({
    name: 'ledger-read-tiles',
    text: `select wanted.level, wanted.tile, coalesce(full_tile.hashes, edge.hashes, leaves.hashes) as hashes
      from unnest($2::int[], $3::bigint[]) as wanted (level, tile)
      left join ledger.log_tile full_tile on full_tile.log_id = $1 and full_tile.level = wanted.level and full_tile.index = wanted.tile
      left join ledger.log_frontier edge on full_tile is null and edge.log_id = $1 and edge.level = wanted.level and wanted.level > 0
      left join lateral (select string_agg(hash, ''::bytea order by index) as hashes from ledger.log_leaf
        where full_tile is null and wanted.level = 0 and log_id = $1 and index >= wanted.tile * ${String(tileWidth)} and index < (wanted.tile + 1) * ${String(tileWidth)}) leaves on true`,
    values: [logId, tiles.map(({ level }) => level), tiles.map(({ tile }) => tile)],
  });
  const found = new Map(rows.map(({ level, tile, hashes }) => [keyOf(level, tile), splitHashes(hashes)]));
  return (level, tile) => found.get(keyOf(level, tile)) ?? [];
}

function keyOf(level: number, tile: number): string {
  return `${String(level)}/${String(tile)}`;
}
