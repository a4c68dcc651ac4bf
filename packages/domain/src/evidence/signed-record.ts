import type { Digest } from './digest.ts';
import type { NewEvidence } from './new-evidence.ts';

/** A signed fact, ready to be appended. Nothing is serialised again: the bytes are kept as they are. */
export interface SignedRecord {
  /** sha256 of the statement's bytes: the record's name, by which others cite it. */
  readonly digest: Digest;
  /** The fact itself, for what is stored beside the bytes (type, promotion, environment). */
  readonly evidence: NewEvidence;
  /** The Sigstore bundle v0.3 as stored and exported, UTF-8 JSON. */
  readonly bundle: Uint8Array;
  /** What the log commits to, JCS bytes. */
  readonly leaf: Uint8Array;
}
