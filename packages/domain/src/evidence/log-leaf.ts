import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { canonicalBytes } from './digest.ts';

/** What the log commits to: the record's signed bytes by hash, so that a payload can be erased and its proofs still hold. */
export const LogLeaf = z.strictObject({
  v: z.literal(1),
  /** The statement's predicate type. */
  type: z.string().min(1),
  environment: z.string().min(1).optional(),
  /** SHA-256 of the envelope's pre-authentication encoding, hexadecimal. */
  pae: z.string().regex(/^[0-9a-f]{64}$/),
  /** When the fact was recorded. */
  at: z.iso.datetime(),
});
export type LogLeaf = Readonly<z.infer<typeof LogLeaf>>;

export interface LeafContent {
  readonly type: string;
  readonly environment?: string | undefined;
  readonly at: string;
}

/** The leaf's canonical bytes. */
export function logLeafBytes({ type, environment, at }: LeafContent, pae: Uint8Array): Uint8Array {
  return canonicalBytes({ v: 1, type, ...(environment === undefined ? {} : { environment }), pae: bytesToHex(sha256(pae)), at });
}
