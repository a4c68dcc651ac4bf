import { InvalidError } from '../errors.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { treeHash, treeHashBytes, type TreeHash } from './tree-hasher.ts';

/** A log's size and root (C2SP tlog-checkpoint); signed as a note. */
export interface Checkpoint {
  /** The log's name, unique in the world. */
  readonly origin: string;
  readonly size: number;
  readonly root: TreeHash;
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${String(size)}\n${toBase64(treeHashBytes(root))}\n`;
}

/** Strict: a size has one spelling, and lines that we don't write are refused. */
export function parseCheckpoint(text: string): Checkpoint {
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]{44})\n$/.exec(text) ?? [];
  if (origin === undefined || size === undefined || root === undefined || !Number.isSafeInteger(Number(size)))
    throw new InvalidError('not-a-checkpoint', 'not a checkpoint: expected origin, size and root, a line each');
  return { origin, size: Number(size), root: treeHash(fromBase64(root)) };
}
