import { createPrivateKey, createPublicKey, hash, sign, type KeyObject } from 'node:crypto';
import {
  bundleBytes,
  canonicalBytes,
  checkpointText,
  consistencyPath,
  digestOfBytes,
  inclusionPath,
  logLeafBytes,
  noteKeyId,
  portableTreeHasher,
  preAuthenticationEncoding,
  predicateTypeOf,
  recordedEvidence,
  rootOf,
  statementOf,
  statementPayloadType,
  toBase64,
  trustPolicyOf,
  verifierKey,
  writeSignedNote,
  type BundledRecord,
  type EarlierCheckpoint,
  type EvidenceKeys,
  type NewEvidence,
  type SignedRecord,
  type Subtree,
  type TreeHash,
  type TrustPolicy,
} from '@fairlead/domain';

/** The DER prefix of an Ed25519 private key: what follows is the seed. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key pair that is the same for the same word. */
export interface SeededKey {
  readonly privateKey: KeyObject;
  readonly spki: Buffer;
  readonly raw: Buffer;
  /** SHA-256 of the SPKI form, hexadecimal. */
  readonly keyId: string;
}

export function seededKey(word: string): SeededKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, hash('sha256', word, 'buffer')]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { privateKey, spki, raw: spki.subarray(-32), keyId: hash('sha256', spki, 'hex') };
}

/** A log with its keys in memory: the product's formats, and the same bytes at each run. */
export class EvidenceWorld {
  readonly origin: string;
  readonly recordKey: SeededKey;
  readonly logKey: SeededKey;
  readonly #hasher = portableTreeHasher;
  readonly #records: SignedRecord[] = [];
  readonly #leaves: TreeHash[] = [];
  readonly #subtrees = new Map<string, TreeHash>();
  #ids = 0;

  constructor(name = 'one') {
    this.origin = `fairlead.example/${name}`;
    this.recordKey = seededKey(`record key of ${name}`);
    this.logKey = seededKey(`log key of ${name}`);
  }

  get size(): number {
    return this.#leaves.length;
  }

  /** Signs a fact with the record key, or with another one. */
  sign(evidence: NewEvidence, key: SeededKey = this.recordKey): SignedRecord {
    this.#ids += 1;
    return this.signBytes(canonicalBytes(statementOf(evidence, `id-${String(this.#ids)}`)), evidence, key);
  }

  /** Signs whatever bytes. */
  signBytes(payload: Uint8Array, evidence: NewEvidence, key: SeededKey = this.recordKey): SignedRecord {
    const pae = preAuthenticationEncoding(statementPayloadType, payload);
    const { type, environment, at } = evidence;
    return {
      digest: digestOfBytes(pae),
      evidence,
      bundle: bundleBytes(payload, sign(null, pae, key.privateKey), key.keyId),
      leaf: logLeafBytes({ type: predicateTypeOf(type), environment, at }, pae),
    };
  }

  append(record: SignedRecord): SignedRecord {
    this.#records.push(record);
    this.#leaves.push(this.#hasher.leaf(record.leaf));
    return record;
  }

  record(evidence: NewEvidence): SignedRecord {
    return this.append(this.sign(evidence));
  }

  /** What else goes through the log: nobody's business here. */
  noise(count: number): void {
    for (let n = 0; n < count; n += 1) this.#leaves.push(this.#hasher.leaf(Buffer.from(`other ${String(this.#leaves.length)}`)));
  }

  /** The signed note over the first `size` leaves. */
  checkpoint(size: number = this.size, key: SeededKey = this.logKey): string {
    const text = checkpointText({ origin: this.origin, size, root: this.#hash({ from: 0, to: size }) });
    return this.note(text, key);
  }

  note(text: string, key: SeededKey = this.logKey): string {
    const name = this.origin;
    return writeSignedNote({
      text,
      signatures: [{ name, keyId: noteKeyId(name, key.raw), signature: sign(null, Buffer.from(text), key.privateKey) }],
    });
  }

  continues(earlier: number, size: number = this.size): EarlierCheckpoint {
    return { note: this.checkpoint(earlier), size: earlier, proof: consistencyPath(earlier, size).map((subtree) => this.#hash(subtree)) };
  }

  /** A record as a bundle holds it. */
  bundled(record: SignedRecord, size: number = this.size): BundledRecord {
    const { evidence, bundle } = record;
    const { actor, revision, body } = recordedEvidence(bundle);
    return {
      ...this.place(record, size),
      type: evidence.type,
      at: evidence.at,
      bundle,
      body,
      ...(actor === undefined ? {} : { actor }),
      ...(revision === undefined ? {} : { revision }),
    };
  }

  /** Where a record is, and its proof, whatever it says. */
  place(record: SignedRecord, size: number = this.size): Pick<BundledRecord, 'index' | 'leaf' | 'proof' | 'digest'> {
    const index = this.#indexOf(record);
    return { index, leaf: record.leaf, digest: record.digest, proof: inclusionPath(index, size).map((subtree) => this.#hash(subtree)) };
  }

  keys(): EvidenceKeys {
    const { keyId, spki } = this.recordKey;
    return {
      log: { origin: this.origin, vkey: verifierKey(this.origin, this.logKey.raw) },
      recordKeys: [{ keyId, spki: toBase64(spki), validFrom: '2026-01-01T00:00:00.000Z' }],
    };
  }

  trust(checkpoint?: string): TrustPolicy {
    return trustPolicyOf(this.keys(), checkpoint);
  }

  /** Leaves of noise are in the tree, and are no records. */
  #indexOf({ leaf }: SignedRecord): number {
    return this.#leaves.indexOf(this.#hasher.leaf(leaf));
  }

  #hash({ from, to }: Subtree): TreeHash {
    const key = `${String(from)}-${String(to)}`;
    const known = this.#subtrees.get(key);
    if (known !== undefined) return known;
    const made = to - from === 1 ? (this.#leaves[from] ?? '') : this.#split({ from, to });
    this.#subtrees.set(key, made);
    return made;
  }

  #split({ from, to }: Subtree): TreeHash {
    let width = 1;
    while (width * 2 < to - from) width *= 2;
    if (to === from) return rootOf(this.#hasher, []);
    return this.#hasher.node(this.#hash({ from, to: from + width }), this.#hash({ from: from + width, to }));
  }
}
