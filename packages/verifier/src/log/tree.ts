import { joined, type Bytes } from '../bytes/bytes.ts';
import { sha256Hex } from '../bytes/crypto.ts';
import { fromHex } from '../bytes/encoding.ts';
import { demand } from '../refusal.ts';

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** RFC 6962, section 2.1. Remembers the nodes it made: the proofs of neighbours share most of theirs. Hashes are hexadecimal. */
export class Tree {
  readonly #nodes = new Map<string, Promise<string>>();

  leaf(data: Bytes): Promise<string> {
    return sha256Hex(joined(leafPrefix, data));
  }

  node(left: string, right: string): Promise<string> {
    const pair = left + right;
    const known = this.#nodes.get(pair);
    if (known !== undefined) return known;
    const made = sha256Hex(joined(nodePrefix, fromHex(pair)));
    this.#nodes.set(pair, made);
    return made;
  }
}

export interface Place {
  readonly index: bigint;
  readonly size: bigint;
}

/** The root that a leaf's proof leads to. The proof's first hashes stand on either side, as the index says; the rest are of whole trees to its left. */
export async function rootByInclusion(
  tree: Tree,
  leaf: string,
  { index, size, proof }: Place & { readonly proof: readonly string[] },
): Promise<string> {
  demand(index < size, 'index-outside-log', `entry ${String(index)} is not in a log of ${String(size)}`);
  const { inner, border } = shape(index, size);
  demand(proof.length === inner + border, 'proof-invalid', `the proof has ${String(proof.length)} hashes, not ${String(inner + border)}`);
  const root = await climb(tree, leaf, { index, proof: proof.slice(0, inner) });
  return bordered(tree, root, proof.slice(inner));
}

/** That the tree of `size` leaves continues the one of `earlier.size`: its proof leads to both roots. */
export async function requireConsistent(
  tree: Tree,
  { earlier, later, proof }: { readonly earlier: Sized; readonly later: Sized; readonly proof: readonly string[] },
): Promise<void> {
  demand(earlier.size > 0n && earlier.size <= later.size, 'consistency-invalid', 'the earlier checkpoint is empty, or is the later one');
  if (earlier.size === later.size) {
    demand(proof.length === 0 && earlier.root === later.root, 'log-forked', 'two checkpoints of one size have different roots');
    return;
  }
  const { inner, border } = shape(earlier.size - 1n, later.size);
  const shift = trailingZeros(earlier.size);
  const whole = earlier.size === 1n << BigInt(shift);
  const [seed, ...rest] = whole ? [earlier.root, ...proof] : proof;
  const steps = inner - shift;
  demand(
    seed !== undefined && rest.length === steps + border,
    'consistency-invalid',
    `the consistency proof has ${String(proof.length)} hashes`,
  );
  const climbing = { index: (earlier.size - 1n) >> BigInt(shift), proof: rest.slice(0, steps) };
  const before = await bordered(tree, await climbRight(tree, seed, climbing), rest.slice(steps));
  const after = await bordered(tree, await climb(tree, seed, climbing), rest.slice(steps));
  demand(before === earlier.root && after === later.root, 'log-forked', 'the log does not continue the earlier checkpoint');
}

interface Sized {
  readonly size: bigint;
  readonly root: string;
}

interface Climbing {
  readonly index: bigint;
  readonly proof: readonly string[];
}

/** How many hashes of a proof stand on either side, and how many only on the left. */
function shape(index: bigint, size: bigint): { readonly inner: number; readonly border: number } {
  const inner = bitLength(index ^ (size - 1n));
  return { inner, border: bitCount(index >> BigInt(inner)) };
}

async function climb(tree: Tree, from: string, { index, proof }: Climbing): Promise<string> {
  let hash = from;
  for (const [level, sibling] of proof.entries())
    hash = await (isRight(index, level) ? tree.node(sibling, hash) : tree.node(hash, sibling));
  return hash;
}

/** As `climb`, for the tree that ends here: what stands to the right isn't in it. */
async function climbRight(tree: Tree, from: string, { index, proof }: Climbing): Promise<string> {
  let hash = from;
  for (const [level, sibling] of proof.entries()) if (isRight(index, level)) hash = await tree.node(sibling, hash);
  return hash;
}

async function bordered(tree: Tree, from: string, proof: readonly string[]): Promise<string> {
  let hash = from;
  for (const sibling of proof) hash = await tree.node(sibling, hash);
  return hash;
}

function isRight(index: bigint, level: number): boolean {
  return ((index >> BigInt(level)) & 1n) === 1n;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function bitCount(value: bigint): number {
  return value.toString(2).replaceAll('0', '').length;
}

function trailingZeros(value: bigint): number {
  return /0*$/.exec(value.toString(2))?.[0].length ?? 0;
}
