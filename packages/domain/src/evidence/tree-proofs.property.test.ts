import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyHolds, consistencyPath } from './consistency-proof.ts';
import { inclusionHolds, inclusionPath, inclusionProof } from './inclusion-proof.ts';
import { splitOf, subtreeHash, type ReadTile } from './subtree.ts';
import { appendLeaves, emptyFrontier, frontierRoot, type TreeFrontier } from './tree-frontier.ts';
import { portableTreeHasher, type TreeHash, type TreeHasher } from './tree-hasher.ts';

const hasher: TreeHasher = {
  emptyRoot: portableTreeHasher.emptyRoot,
  leaf: (data) => hash('sha256', Buffer.concat([Buffer.of(0), data]), 'binary'),
  node: (left, right) => hash('sha256', Buffer.from(`\u0001${left}${right}`, 'latin1'), 'binary'),
};

const leaves: readonly TreeHash[] = Array.from({ length: 70_000 }, (_, i) => hasher.leaf(Buffer.from(`leaf ${String(i)}`)));

/** RFC 6962, section 2.1, word for word. */
function definition(from: number, to: number): TreeHash {
  if (to - from <= 1) return leaves[from] ?? '';
  const middle = from + splitOf(to - from);
  return hasher.node(definition(from, middle), definition(middle, to));
}

interface Tree {
  readonly frontier: TreeFrontier;
  readonly read: ReadTile;
}

/** Grows a tree in steps and keeps its tiles as a store would. */
function grow(size: number, step: number): Tree {
  const tiles = new Map<string, readonly TreeHash[]>();
  let frontier = emptyFrontier;
  while (frontier.size < size) {
    const next = appendLeaves(hasher, frontier, leaves.slice(frontier.size, Math.min(size, frontier.size + step)));
    for (const { level, index, hashes } of next.fullTiles) tiles.set(`${String(level)}/${String(index)}`, hashes);
    frontier = next.frontier;
  }
  return { frontier, read: (level, tile) => tiles.get(`${String(level)}/${String(tile)}`) ?? frontier.levels[level] ?? [] };
}

const edges = [1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 70_000];
const size = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 1, max: 3000 }));
const step = fc.integer({ min: 50, max: 700 });

describe('a tree grown in tiles', () => {
  it('has the root of the recursive definition', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(size, step, (n, by) => {
        expect(frontierRoot(hasher, grow(n, by).frontier)).toBe(definition(0, n));
      }),
      { numRuns: 60, examples: edges.map((n) => [n, 300]) },
    );
  });

  it('proves each leaf at each earlier size, to the other algorithm', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(size, step, fc.tuple(fc.nat(), fc.nat()), (n, by, [a, b]) => {
        const tree = grow(n, by);
        const earlier = 1 + (a % n);
        const index = b % earlier;

        const proof = inclusionProof(hasher, inclusionPath(index, earlier), tree.read);

        const claim = { index, size: earlier, leaf: leaves[index] ?? '', root: definition(0, earlier) };
        expect(inclusionHolds(hasher, claim, proof)).toBe(true);
        expect(inclusionHolds(hasher, { ...claim, leaf: leaves[index + 1] ?? '' }, proof)).toBe(false);
        expect(inclusionHolds(hasher, claim, [...proof, claim.root])).toBe(false);
        expect(inclusionHolds(hasher, claim, proof.slice(1))).toBe(proof.length === 0);
      }),
      { numRuns: 60 },
    );
  });

  it('proves that it continues each earlier size', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(size, step, fc.nat(), (n, by, a) => {
        const tree = grow(n, by);
        const earlier = 1 + (a % n);

        const proof = consistencyPath(earlier, n).map((subtree) => subtreeHash(hasher, subtree, tree.read));

        const claim = {
          earlier: { size: earlier, root: definition(0, earlier) },
          later: { size: n, root: frontierRoot(hasher, tree.frontier) },
        };
        expect(consistencyHolds(hasher, claim, proof)).toBe(true);
        expect(consistencyHolds(hasher, { ...claim, earlier: { size: earlier, root: leaves[70] ?? '' } }, proof)).toBe(false);
        expect(consistencyHolds(hasher, { ...claim, later: { size: n, root: leaves[70] ?? '' } }, proof)).toBe(false);
        expect(consistencyHolds(hasher, claim, [...proof, claim.later.root])).toBe(false);
        expect(consistencyHolds(hasher, claim, proof.slice(1))).toBe(proof.length === 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a claim about nothing', () => {
  it('is refused: the empty tree is continued by every tree', () => {
    const later = { size: 3, root: definition(0, 3) };

    expect(consistencyHolds(hasher, { earlier: { size: 0, root: hasher.emptyRoot }, later }, [])).toBe(false);
    expect(consistencyHolds(hasher, { earlier: { size: 4, root: definition(0, 4) }, later }, [])).toBe(false);
    expect(consistencyHolds(hasher, { earlier: { size: 2, root: definition(0, 2) }, later: { size: 3, root: later.root } }, [])).toBe(
      false,
    );
    expect(consistencyHolds(hasher, { earlier: { size: 3, root: later.root }, later: { size: 5, root: later.root } }, [])).toBe(false);
    expect(() => consistencyPath(0, 3)).toThrow("isn't an earlier size");
    expect(() => inclusionPath(3, 3)).toThrow("isn't in a tree of 3 leaves");
    expect(inclusionHolds(hasher, { index: 3, size: 3, leaf: leaves[3] ?? '', root: later.root }, [])).toBe(false);
  });
});
