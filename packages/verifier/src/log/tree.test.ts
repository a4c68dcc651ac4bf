import { describe, expect, it } from 'vitest';
import { requireConsistent, rootByInclusion, Tree } from './tree.ts';

/** RFC 6962's own test data: the leaves and roots that its reference implementations agree on. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const tree = new Tree();
const leaf = (at: number): Promise<string> => tree.leaf(Uint8Array.from(Buffer.from(leaves[at] ?? '', 'hex')));

/** By definition, leaf by leaf. */
async function rootOf(from: number, to: number): Promise<string> {
  if (to - from === 1) return leaf(from);
  const width = widthOf(to - from);
  return tree.node(await rootOf(from, from + width), await rootOf(from + width, to));
}

function widthOf(count: number): number {
  return count <= 2 ? 1 : 2 ** Math.floor(Math.log2(count - 1));
}

async function inclusion(index: number, from: number, to: number): Promise<readonly string[]> {
  if (to - from === 1) return [];
  const middle = from + widthOf(to - from);
  if (index < middle) return [...(await inclusion(index, from, middle)), await rootOf(middle, to)];
  return [...(await inclusion(index, middle, to)), await rootOf(from, middle)];
}

async function consistency(earlier: number, size: number): Promise<readonly string[]> {
  const sub = async (
    m: number,
    { from, to, whole }: { readonly from: number; readonly to: number; readonly whole: boolean },
  ): Promise<readonly string[]> => {
    if (m === to - from) return whole ? [] : [await rootOf(from, to)];
    const width = widthOf(to - from);
    if (m <= width) return [...(await sub(m, { from, to: from + width, whole })), await rootOf(from + width, to)];
    return [...(await sub(m - width, { from: from + width, to, whole: false })), await rootOf(from, from + width)];
  };
  return sub(earlier, { from: 0, to: size, whole: true });
}

const pairs = roots.flatMap((_, size) => roots.slice(0, size + 1).map((__, other) => ({ size: size + 1, other: other + 1 })));

describe('rootByInclusion', () => {
  it.each(pairs)('leads from leaf $other of $size to the root of RFC 6962', async ({ size, other }) => {
    const proof = await inclusion(other - 1, 0, size);
    const root = await rootByInclusion(tree, await leaf(other - 1), { index: BigInt(other - 1), size: BigInt(size), proof });

    expect(root).toBe(roots[size - 1]);
  });

  it.each(pairs)('refuses a proof of leaf $other of $size that is longer or shorter', async ({ size, other }) => {
    const proof = await inclusion(other - 1, 0, size);
    const place = { index: BigInt(other - 1), size: BigInt(size) };

    await expect(rootByInclusion(tree, await leaf(other - 1), { ...place, proof: [...proof, roots[0] ?? ''] })).rejects.toThrow('hashes');
    if (proof.length > 0)
      await expect(rootByInclusion(tree, await leaf(other - 1), { ...place, proof: proof.slice(1) })).rejects.toThrow('hashes');
  });

  it('refuses a place outside the log', async () => {
    await expect(rootByInclusion(tree, await leaf(0), { index: 1n, size: 1n, proof: [] })).rejects.toThrow('not in a log of 1');
    await expect(rootByInclusion(tree, await leaf(0), { index: 0n, size: 0n, proof: [] })).rejects.toThrow('not in a log of 0');
  });
});

describe('requireConsistent', () => {
  const at = (size: number): { readonly size: bigint; readonly root: string } => ({ size: BigInt(size), root: roots[size - 1] ?? '' });

  it.each(pairs)('holds from $other to $size', async ({ size, other }) => {
    await expect(
      requireConsistent(tree, { earlier: at(other), later: at(size), proof: await consistency(other, size) }),
    ).resolves.toBeUndefined();
  });

  it.each(pairs.filter(({ size, other }) => size !== other))(
    'is refused from $other to $size with any hash changed, left out or added',
    async ({ size, other }) => {
      const proof = await consistency(other, size);
      const wrong = [...proof.map((_, place) => proof.with(place, roots[7] ?? '')), proof.slice(1), [...proof, proof[0] ?? roots[0] ?? '']];

      for (const given of wrong)
        await expect(requireConsistent(tree, { earlier: at(other), later: at(size), proof: given })).rejects.toThrow();
      await expect(requireConsistent(tree, { earlier: { ...at(other), root: roots[7] ?? '' }, later: at(size), proof })).rejects.toThrow();
    },
  );

  it('is refused from nothing, and backwards', async () => {
    await expect(requireConsistent(tree, { earlier: { size: 0n, root: '' }, later: at(3), proof: [] })).rejects.toThrow('empty');
    await expect(requireConsistent(tree, { earlier: at(4), later: at(3), proof: [] })).rejects.toThrow('later one');
  });

  it('is refused between two roots of one size', async () => {
    await expect(requireConsistent(tree, { earlier: { ...at(3), root: roots[0] ?? '' }, later: at(3), proof: [] })).rejects.toThrow(
      'different roots',
    );
  });
});
