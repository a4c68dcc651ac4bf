import { toBase64 } from './base64.ts';
import { treeHashBytes, type TreeHash } from './tree-hasher.ts';

/** C2SP tlog-proof: inclusion of one leaf under a signed checkpoint, as text. */
export function writeTlogProof(index: number, proof: readonly TreeHash[], checkpoint: string): string {
  const hashes = proof.map((hash) => `${toBase64(treeHashBytes(hash))}\n`).join('');
  return `c2sp.org/tlog-proof@v1\nindex ${String(index)}\n${hashes}\n${checkpoint}`;
}
