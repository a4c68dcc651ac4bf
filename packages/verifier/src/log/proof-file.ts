import { textOf, type Bytes } from '../bytes/bytes.ts';
import { fromBase64, hexOf } from '../bytes/encoding.ts';
import { demand } from '../refusal.ts';

const mostHashes = 64;

export interface InclusionProof {
  readonly index: bigint;
  readonly hashes: readonly string[];
  /** The checkpoint that the proof leads to, as text. */
  readonly checkpoint: string;
}

/** C2SP tlog-proof. */
export function parseTlogProof(bytes: Bytes): InclusionProof {
  const [, index, hashes = '', checkpoint = ''] =
    /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9][0-9]{0,18})\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([^]+)$/.exec(textOf(bytes)) ?? [];
  demand(index !== undefined, 'proof-invalid', 'not a C2SP tlog-proof');
  return { index: BigInt(index), hashes: hashesOf(hashes), checkpoint };
}

/** `old <size>`, then the proof's hashes, a line each: as C2SP tlog-witness begins its request. */
export function parseConsistency(bytes: Bytes): { readonly size: bigint; readonly hashes: readonly string[] } {
  const [, size, hashes = ''] = /^old (0|[1-9][0-9]{0,18})\n((?:[A-Za-z0-9+/]{43}=\n)*)$/.exec(textOf(bytes)) ?? [];
  demand(size !== undefined, 'consistency-invalid', 'not a consistency proof');
  return { size: BigInt(size), hashes: hashesOf(hashes) };
}

function hashesOf(lines: string): readonly string[] {
  const encoded = lines.split('\n').slice(0, -1);
  demand(encoded.length < mostHashes, 'proof-invalid', `a proof has more than ${String(mostHashes)} hashes`);
  return encoded.map((line) => hexOf(fromBase64(line)));
}
