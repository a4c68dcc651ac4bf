import { appendLeaves, emptyFrontier, frontierRoot, tileWidth, writeEntryBundle, type FullTile, type TreeFrontier } from '@fairlead/domain';
import type pg from 'pg';
import { joinHashes, nativeTreeHasher } from '../native-tree-hasher.ts';
import { checkpointCheck } from './check-checkpoints.ts';
import type { Report } from './finding.ts';

export interface TreeCheckOptions {
  readonly client: pg.ClientBase;
  readonly logId: number;
  readonly verifierKey: string;
  readonly report: Report;
  /** `newest`: the root of the last checkpoint alone. */
  readonly checkpoints: 'all' | 'newest';
  /** Whether the leaves come from the entry bundles, which then can't be compared with themselves. */
  readonly fromEntries: boolean;
}

export interface TreeCheck {
  /** The next leaves, in order and without a gap. */
  take(leaves: readonly Uint8Array[]): Promise<void>;
  /** After the last leaf: what stands at the right edge. */
  finish(): Promise<TreeSummary>;
}

export interface TreeSummary {
  readonly size: number;
  readonly checkpoints: number;
}

/** Derives the tree again from its leaves and compares all that is stored of it. */
export function treeCheck(options: TreeCheckOptions): TreeCheck {
  const { client, logId, report } = options;
  const hasher = nativeTreeHasher();
  const checkpoints = checkpointCheck(options);
  let frontier: TreeFrontier = emptyFrontier;
  let tail: readonly Uint8Array[] = [];

  async function append(leaves: readonly Uint8Array[]): Promise<void> {
    const next = appendLeaves(
      hasher,
      frontier,
      leaves.map((leaf) => hasher.leaf(leaf)),
    );
    frontier = next.frontier;
    await compareTiles({ client, logId, report }, next.fullTiles);
  }

  return {
    async take(leaves) {
      let done = 0;
      for (const { size, ...stored } of await checkpoints.between(frontier.size, frontier.size + leaves.length)) {
        const upTo = done + size - frontier.size;
        await append(leaves.slice(done, upTo));
        done = upTo;
        checkpoints.compare({ size, ...stored }, frontierRoot(hasher, frontier));
      }
      await append(leaves.slice(done));
      const all = [...tail, ...leaves];
      const full = Math.floor(all.length / tileWidth) * tileWidth;
      if (!options.fromEntries)
        await compareEntries({ client, logId, report }, (frontier.size - all.length) / tileWidth, all.slice(0, full));
      tail = all.slice(full);
    },
    async finish() {
      await compareFrontier({ client, logId, report }, frontier);
      await compareCounts({ client, logId, report }, frontier.size);
      await checkpoints.finish(frontier.size);
      return { size: frontier.size, checkpoints: checkpoints.count() };
    },
  };
}

interface Stored {
  readonly client: pg.ClientBase;
  readonly logId: number;
  readonly report: Report;
}

async function compareTiles({ client, logId, report }: Stored, tiles: readonly FullTile[]): Promise<void> {
  if (tiles.length === 0) return;
  const { rows } = await client.query<{ hashes: Buffer | null }>({
    name: 'fsck-tiles',
    text: `select hashes from unnest($2::int[], $3::bigint[]) with ordinality as wanted (level, index, n)
      left join ledger.log_tile tile on tile.log_id = $1 and tile.level = wanted.level and tile.index = wanted.index order by n`,
    values: [logId, tiles.map(({ level }) => level), tiles.map(({ index }) => index)],
  });
  for (const [i, { level, index, hashes }] of tiles.entries()) {
    const stored = rows[i]?.hashes ?? undefined;
    if (stored?.equals(joinHashes(hashes)) === true) continue;
    report({
      kind: 'tile',
      where: `tile ${String(level)}/${String(index)}`,
      detail: stored === undefined ? 'is missing' : "isn't what the leaves give",
    });
  }
}

async function compareEntries({ client, logId, report }: Stored, first: number, leaves: readonly Uint8Array[]): Promise<void> {
  if (leaves.length === 0) return;
  const count = leaves.length / tileWidth;
  const { rows } = await client.query<{ index: number; leaves: Buffer }>({
    name: 'fsck-entries',
    text: 'select index, leaves from ledger.log_entries where log_id = $1 and index >= $2 and index < $3',
    values: [logId, first, first + count],
  });
  const stored = new Map(rows.map((row) => [row.index, row.leaves]));
  for (let i = 0; i < count; i++) {
    const bundle = stored.get(first + i);
    if (bundle?.equals(writeEntryBundle(leaves.slice(i * tileWidth, (i + 1) * tileWidth))) === true) continue;
    report({
      kind: 'entries',
      where: `entries ${String(first + i)}`,
      detail: bundle === undefined ? 'are missing' : 'differ from the leaves',
    });
  }
}

async function compareFrontier({ client, logId, report }: Stored, { levels }: TreeFrontier): Promise<void> {
  const { rows } = await client.query<{ level: number; hashes: Buffer }>(
    'select level, hashes from ledger.log_frontier where log_id = $1',
    [logId],
  );
  const stored = new Map(rows.map(({ level, hashes }) => [level, hashes]));
  for (let level = 1; level < Math.max(levels.length, ...[...stored.keys()].map((one) => one + 1)); level++) {
    const expected = joinHashes(levels[level] ?? []);
    if ((stored.get(level) ?? Buffer.of()).equals(expected)) continue;
    report({ kind: 'frontier', where: `level ${String(level)}`, detail: "isn't what the leaves give" });
  }
}

/** Rows beyond the leaves, which no comparison of expected ones would meet. */
async function compareCounts({ client, logId, report }: Stored, size: number): Promise<void> {
  const { rows } = await client.query<{ tiles: number; entries: number }>(
    'select (select count(*) from ledger.log_tile where log_id = $1) as tiles, (select count(*) from ledger.log_entries where log_id = $1) as entries',
    [logId],
  );
  let tiles = 0;
  for (let width = tileWidth; width <= size; width *= tileWidth) tiles += Math.floor(size / width);
  const entries = Math.floor(size / tileWidth);
  const found = rows[0] ?? { tiles: 0, entries: 0 };
  if (found.tiles > tiles)
    report({
      kind: 'tile',
      where: `log ${String(logId)}`,
      detail: `has ${String(found.tiles)} full tiles, ${String(size)} leaves make ${String(tiles)}`,
    });
  if (found.entries > entries)
    report({
      kind: 'entries',
      where: `log ${String(logId)}`,
      detail: `has ${String(found.entries)} bundles, ${String(size)} leaves make ${String(entries)}`,
    });
}
