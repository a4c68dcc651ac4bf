import type { TreeHash, TreeHasher } from './tree-hasher.ts';

/** Root over subtrees of one height, left to right, by RFC 6962's split. Empty: the root of the empty tree. */
export function rootOf(hasher: TreeHasher, hashes: readonly TreeHash[]): TreeHash {
  return foldPeaks(hasher, peaksOf(hasher, hashes)) ?? hasher.emptyRoot;
}

/** Roots of the complete subtrees that the hashes make, the widest first. */
export function peaksOf(hasher: TreeHasher, hashes: readonly TreeHash[]): readonly TreeHash[] {
  const stack: { readonly hash: TreeHash; readonly height: number }[] = [];
  for (const hash of hashes) {
    let top = { hash, height: 0 };
    while (stack.at(-1)?.height === top.height) {
      const left = stack.pop();
      if (left !== undefined) top = { hash: hasher.node(left.hash, top.hash), height: top.height + 1 };
    }
    stack.push(top);
  }
  return stack.map(({ hash }) => hash);
}

/** Joins peaks right to left; `right` is what already stands to the right of them. */
export function foldPeaks(hasher: TreeHasher, peaks: readonly TreeHash[], right?: TreeHash): TreeHash | undefined {
  return peaks.reduceRight<TreeHash | undefined>((joined, peak) => (joined === undefined ? peak : hasher.node(peak, joined)), right);
}
