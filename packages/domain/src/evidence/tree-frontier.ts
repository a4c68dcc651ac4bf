import type { TreeHash, TreeHasher } from './tree-hasher.ts';
import { foldPeaks, peaksOf, rootOf } from './tree-root.ts';

/** Hashes in a full tile (C2SP tlog-tiles). */
export const tileWidth = 256;

/** The right edge of a tree in tiles: of each level the hashes of its last, partial tile (fewer than 256). Hash k of level n covers 256^n leaves. */
export interface TreeFrontier {
  readonly size: number;
  readonly levels: readonly (readonly TreeHash[])[];
}

export interface FullTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly TreeHash[];
}

export interface Appended {
  readonly frontier: TreeFrontier;
  /** Tiles that became full: they never change again. */
  readonly fullTiles: readonly FullTile[];
}

export const emptyFrontier: TreeFrontier = { size: 0, levels: [] };

/** Adds leaf hashes at the right edge. */
export function appendLeaves(hasher: TreeHasher, before: TreeFrontier, leaves: readonly TreeHash[]): Appended {
  const levels = before.levels.map((row) => [...row]);
  const fullTiles: FullTile[] = [];
  let size = before.size;
  for (const leaf of leaves) {
    size += 1;
    let hash = leaf;
    let position = size;
    for (let level = 0; ; level++) {
      const row = (levels[level] ??= []);
      row.push(hash);
      if (row.length < tileWidth) break;
      levels[level] = [];
      position /= tileWidth;
      fullTiles.push({ level, index: position - 1, hashes: row });
      hash = rootOf(hasher, row);
    }
  }
  return { frontier: { size, levels }, fullTiles };
}

/** Root of the whole tree, from its right edge alone. */
export function frontierRoot(hasher: TreeHasher, { levels }: TreeFrontier): TreeHash {
  const root = levels.reduce<TreeHash | undefined>((right, row) => foldPeaks(hasher, peaksOf(hasher, row), right), undefined);
  return root ?? hasher.emptyRoot;
}
