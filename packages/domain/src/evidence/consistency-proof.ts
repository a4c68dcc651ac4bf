import { InvalidError } from '../errors.ts';
import { splitOf, type Subtree } from './subtree.ts';
import type { TreeHash, TreeHasher } from './tree-hasher.ts';

/** Whose hashes show that a tree of `size` leaves continues one of `earlier` leaves (RFC 6962, section 2.1.2). Every tree continues the empty one, so that proves nothing and is refused. */
export function consistencyPath(earlier: number, size: number): readonly Subtree[] {
  if (!(Number.isSafeInteger(earlier) && earlier > 0 && earlier <= size))
    throw new InvalidError('size-outside-tree', `${String(earlier)} isn't an earlier size of a tree of ${String(size)} leaves`);
  const path: Subtree[] = [];
  let from = 0;
  let to = size;
  while (to !== earlier) {
    const middle = from + splitOf(to - from);
    if (earlier <= middle) {
      path.push({ from: middle, to });
      to = middle;
    } else {
      path.push({ from, to: middle });
      from = middle;
    }
  }
  // Where `from` is 0 the last subtree is the earlier tree itself, whose root the verifier has.
  return (from === 0 ? path : [...path, { from, to }]).reverse();
}

export interface ConsistencyClaim {
  readonly earlier: { readonly size: number; readonly root: TreeHash };
  readonly later: { readonly size: number; readonly root: TreeHash };
}

/** RFC 9162, section 2.1.4.2. False also for an earlier size of 0. */
export function consistencyHolds(hasher: TreeHasher, { earlier, later }: ConsistencyClaim, proof: readonly TreeHash[]): boolean {
  if (earlier.size <= 0 || earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && earlier.root === later.root;
  const [first, ...rest] = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof;
  if (first === undefined) return false;
  const folded = foldBoth(hasher, { earlier: earlier.size, later: later.size, first }, rest);
  return folded?.earlier === earlier.root && folded.later === later.root;
}

interface Start {
  readonly earlier: number;
  readonly later: number;
  readonly first: TreeHash;
}

function foldBoth(hasher: TreeHasher, start: Start, proof: readonly TreeHash[]): { earlier: TreeHash; later: TreeHash } | undefined {
  let node = start.earlier - 1;
  let last = start.later - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  let earlier = start.first;
  let later = start.first;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      earlier = hasher.node(sibling, earlier);
      later = hasher.node(sibling, later);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else later = hasher.node(later, sibling);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? { earlier, later } : undefined;
}

function isPowerOfTwo(value: number): boolean {
  return splitOf(value + 1) === value;
}
