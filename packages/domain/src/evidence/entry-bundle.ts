import { InvalidError } from '../errors.ts';

/** The longest leaf that an entry bundle can hold. */
export const maxLeafBytes = 65_535;

/** C2SP tlog-tiles entry bundle: each leaf after its length in two bytes. */
export function writeEntryBundle(leaves: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(leaves.reduce((sum, leaf) => sum + leaf.length + 2, 0));
  let at = 0;
  for (const leaf of leaves) {
    if (leaf.length > maxLeafBytes)
      throw new InvalidError('leaf-too-long', `a leaf has ${String(leaf.length)} bytes, at most ${String(maxLeafBytes)} are allowed`);
    bundle.set([leaf.length >> 8, leaf.length & 255], at);
    bundle.set(leaf, at + 2);
    at += leaf.length + 2;
  }
  return bundle;
}

export function readEntryBundle(bundle: Uint8Array): readonly Uint8Array[] {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < bundle.length;) {
    const end = at + 2 + (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
    if (end > bundle.length) throw new InvalidError('not-an-entry-bundle', 'entry bundle ends inside a leaf');
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}
