import { InvalidError } from '../errors.ts';
import { splitOf, subtreeHash, type ReadTile, type Subtree } from './subtree.ts';
import type { TreeHash, TreeHasher } from './tree-hasher.ts';

/** Whose hashes the proof of leaf `index` in a tree of `size` leaves consists of, from the leaf up (RFC 6962, section 2.1.1). */
export function inclusionPath(index: number, size: number): readonly Subtree[] {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size))
    throw new InvalidError('index-outside-tree', `index ${String(index)} isn't in a tree of ${String(size)} leaves`);
  const path: Subtree[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.push({ from: middle, to });
      to = middle;
    } else {
      path.push({ from, to: middle });
      from = middle;
    }
  }
  return path.reverse();
}

export function inclusionProof(hasher: TreeHasher, path: readonly Subtree[], read: ReadTile): readonly TreeHash[] {
  return path.map((subtree) => subtreeHash(hasher, subtree, read));
}

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: TreeHash;
  readonly root: TreeHash;
}

/** RFC 9162, section 2.1.3.2: another algorithm than the proof is made by, so that a fault in one shows. */
export function inclusionHolds(hasher: TreeHasher, { index, size, leaf, root }: InclusionClaim, proof: readonly TreeHash[]): boolean {
  if (index >= size || index < 0) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = hasher.node(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else hash = hasher.node(hash, sibling);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash === root;
}
