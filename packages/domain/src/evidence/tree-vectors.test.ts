import { describe, expect, it } from 'vitest';
import { portableTreeHasher as hasher, treeHash, treeHashBytes } from './tree-hasher.ts';
import { rootOf } from './tree-root.ts';

const hex = (hash: string): string => Buffer.from(hash, 'latin1').toString('hex');
const text = (value: string): Uint8Array => Buffer.from(value);

/** The roots over the first n of eight leaves, from the reference implementation's test data. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('RFC 6962 hashes', () => {
  it('equal the published vectors', () => {
    expect(hex(hasher.emptyRoot)).toBe(roots[0]);
    expect(hex(hasher.leaf(text('')))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(hex(hasher.leaf(text('L123456')))).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56');
  });

  it.each(roots.map((root, size) => [size, root] as const))('give the published root of %i leaves', (size, root) => {
    const hashes = leaves.slice(0, size).map((leaf) => hasher.leaf(Buffer.from(leaf, 'hex')));

    expect(hex(rootOf(hasher, hashes))).toBe(root);
  });

  it('pass through bytes and back', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);

    expect(treeHashBytes(treeHash(bytes))).toEqual(bytes);
    expect(() => treeHash(bytes.subarray(1))).toThrow('32 bytes, not 31');
  });
});
