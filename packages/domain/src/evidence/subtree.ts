import { tileWidth } from './tree-frontier.ts';
import type { TreeHash, TreeHasher } from './tree-hasher.ts';
import { foldPeaks, peaksOf } from './tree-root.ts';

/** Leaves [from, to) that RFC 6962 hashes as one tree: `from` is a multiple of the smallest power of two that is at least their number. */
export interface Subtree {
  readonly from: number;
  readonly to: number;
}

/** Neighbouring hashes of one tile. */
export interface TileSlice {
  readonly level: number;
  readonly tile: number;
  readonly from: number;
  readonly to: number;
}

/** Gives the hashes of one tile that are known so far, all of them or a prefix that is long enough. */
export type ReadTile = (level: number, tile: number) => readonly TreeHash[];

/** The slices that make up a subtree, left to right, highest level first. */
export function slicesOf({ from, to }: Subtree): readonly TileSlice[] {
  const slices: TileSlice[] = [];
  let at = from;
  for (let level = levelOf(to - from); level >= 0; level--) {
    const unit = tileWidth ** level;
    const count = Math.floor((to - at) / unit);
    const first = at / unit;
    const tile = Math.floor(first / tileWidth);
    if (count > 0) slices.push({ level, tile, from: first - tile * tileWidth, to: first - tile * tileWidth + count });
    at += count * unit;
  }
  return slices;
}

/** The highest level with a hash that covers no more than `width` leaves. */
function levelOf(width: number): number {
  let level = 0;
  while (tileWidth ** (level + 1) <= width) level += 1;
  return level;
}

export function subtreeHash(hasher: TreeHasher, subtree: Subtree, read: ReadTile): TreeHash {
  const peaks = slicesOf(subtree).map(({ level, tile, from, to }) => peaksOf(hasher, read(level, tile).slice(from, to)));
  return foldPeaks(hasher, peaks.flat()) ?? hasher.emptyRoot;
}

/** Leaves in the left part of a tree of `width` leaves: the largest power of two below it. */
export function splitOf(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}
