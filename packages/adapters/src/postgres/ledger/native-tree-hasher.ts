import { hash } from 'node:crypto';
import type { TreeHasher } from '@fairlead/domain';

/** 'binary' is what Node's types call latin1. One-shot hashing to a string is four times faster than an object that is updated. */
const sha256 = (data: Uint8Array | string): string => hash('sha256', data, 'binary');

/** Several million nodes a second; not to be called again from within itself, since it has one buffer for a node. */
export function nativeTreeHasher(): TreeHasher {
  const node = Buffer.alloc(65);
  node[0] = 1;
  return {
    emptyRoot: sha256(''),
    leaf: (data) => sha256(Buffer.concat([Buffer.of(0), data])),
    node(left, right) {
      node.write(left, 1, 'latin1');
      node.write(right, 33, 'latin1');
      return sha256(node);
    },
  };
}

/** The hashes of a tile, joined; and back. */
export function joinHashes(hashes: readonly string[]): Buffer {
  return Buffer.from(hashes.join(''), 'latin1');
}

export function splitHashes(bytes: Buffer): readonly string[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.toString('latin1', i * 32, i * 32 + 32));
}
