import { portableTreeHasher } from '@fairlead/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinHashes, nativeTreeHasher, splitHashes } from './native-tree-hasher.ts';

it('gives the hashes of the portable one', () => {
  const native = nativeTreeHasher();
  expect(native.emptyRoot).toBe(portableTreeHasher.emptyRoot);
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      const [left, right] = [native.leaf(a), native.leaf(b)];

      expect([left, right]).toEqual([portableTreeHasher.leaf(a), portableTreeHasher.leaf(b)]);
      expect(native.node(left, right)).toBe(portableTreeHasher.node(left, right));
      expect(splitHashes(joinHashes([left, right]))).toEqual([left, right]);
    }),
  );
});
