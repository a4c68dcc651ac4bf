import { InvariantError, frontierRoot, tileWidth, type TreeFrontier, type TreeHash, type TreeHasher } from '@fairlead/domain';
import type pg from 'pg';
import { splitHashes } from './native-tree-hasher.ts';

/** The log as its last checkpoint left it. */
export interface LogState {
  readonly frontier: TreeFrontier;
  readonly root: TreeHash;
  /** The leaves of the last, partial tile. */
  readonly tail: readonly Buffer[];
}

export interface LogHead {
  readonly size: number;
  readonly root: TreeHash;
}

/** What is signed, `absent` before the first checkpoint. */
export async function readHead(client: pg.ClientBase, logId: number): Promise<LogHead | 'absent'> {
  const { rows } = await client.query<{ size: number; root: Buffer }>({
    name: 'ledger-head',
    text: 'select size, root from ledger.checkpoint where log_id = $1 order by size desc limit 1',
    values: [logId],
  });
  const head = rows[0];
  return head === undefined ? 'absent' : { size: head.size, root: head.root.toString('latin1') };
}

/** Reads the right edge and refuses to continue from one that isn't what was signed. */
export async function readState(
  client: pg.ClientBase,
  logId: number,
  { hasher, head }: { readonly hasher: TreeHasher; readonly head: LogHead },
): Promise<LogState> {
  const leaves = await client.query<{ leaf: Buffer; hash: Buffer }>(
    'select leaf, hash from ledger.log_leaf where log_id = $1 and index >= $2 order by index',
    [logId, head.size - (head.size % tileWidth)],
  );
  const rows = await client.query<{ level: number; hashes: Buffer }>('select level, hashes from ledger.log_frontier where log_id = $1', [
    logId,
  ]);
  const levels: (readonly TreeHash[])[] = [leaves.rows.map(({ hash }) => hash.toString('latin1'))];
  for (const { level, hashes } of rows.rows) levels[level] = splitHashes(hashes);
  const frontier = { size: head.size, levels: Array.from(levels, (row) => row) };
  if (frontierRoot(hasher, frontier) !== head.root)
    throw new InvariantError(
      'log-inconsistent',
      `log ${String(logId)}: what is stored doesn't give the signed root at size ${String(head.size)}`,
      {
        hint: 'run "fairlead ledger fsck"',
      },
    );
  return { frontier, root: head.root, tail: leaves.rows.map(({ leaf }) => leaf) };
}
