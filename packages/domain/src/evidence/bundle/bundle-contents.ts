import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalBytes, digestOf } from '../digest.ts';
import type { Json, JsonObject } from '../../document/json.ts';
import { jsonOfBytes } from '../json-bytes.ts';
import { LogLeaf } from '../log-leaf.ts';
import { writeTlogProof } from '../tlog-proof.ts';
import { toBase64 } from '../base64.ts';
import { treeHashBytes, type TreeHash } from '../tree-hasher.ts';
import type { BundleFile } from './bundle-file.ts';
import { isDisclosed, type BundleAudience, type BundledRecord } from './bundled-record.ts';

/** An earlier checkpoint that the bundle's continues. */
export interface EarlierCheckpoint {
  /** The signed note. */
  readonly note: string;
  readonly size: number;
  readonly proof: readonly TreeHash[];
}

/** What a bundle is made of, before it is written. */
export interface BundleContents {
  readonly audience: BundleAudience;
  /** The signed note of the checkpoint that all proofs lead to. */
  readonly checkpoint: string;
  readonly size: number;
  readonly earlier?: EarlierCheckpoint;
  /** By index. */
  readonly records: readonly BundledRecord[];
  /** Documents that the records cite by the digest of their canonical form. Not for a tenant. */
  readonly documents: readonly Json[];
  readonly keys: JsonObject;
  /** `index.html`. */
  readonly page: string;
}

export interface WithheldRecord extends JsonObject {
  readonly index: number;
  readonly leaf: JsonObject;
}

/** Every file but the manifest. */
export function bundleFiles({ audience, checkpoint, earlier, records, documents, keys, page }: BundleContents): readonly BundleFile[] {
  const shown = records.filter((record) => isDisclosed(record, audience));
  return [
    { path: 'checkpoint', bytes: utf8ToBytes(checkpoint) },
    ...(earlier === undefined ? [] : consistencyFiles(earlier)),
    { path: 'index.html', bytes: utf8ToBytes(page) },
    { path: 'keys.json', bytes: canonicalBytes(keys) },
    ...(audience === 'full' ? documents : []).map((document) => ({
      path: `payloads/${digestOf(document).replace(':', '-')}`,
      bytes: canonicalBytes(document),
    })),
    ...shown.map(({ index, bundle }) => ({ path: `records/${placeOf(index)}.sigstore.json`, bytes: bundle })),
    ...records.map(({ index, proof }) => ({
      path: `proofs/${placeOf(index)}.tlog-proof`,
      bytes: utf8ToBytes(writeTlogProof(index, proof, checkpoint)),
    })),
  ];
}

/** Of each record that the audience may not read, what the log holds: so that it shows, and its proof holds. */
export function withheldRecords({ audience, records }: Pick<BundleContents, 'audience' | 'records'>): readonly WithheldRecord[] {
  return records.filter((record) => !isDisclosed(record, audience)).map(({ index, leaf }) => ({ index, leaf: leafOf(leaf) }));
}

function leafOf(bytes: Uint8Array): JsonObject {
  const { environment, ...leaf } = LogLeaf.parse(jsonOfBytes(bytes, 'a leaf'));
  return { ...leaf, ...(environment === undefined ? {} : { environment }) };
}

function consistencyFiles({ note, size, proof }: EarlierCheckpoint): readonly BundleFile[] {
  const lines = [`old ${String(size)}`, ...proof.map((hash) => toBase64(treeHashBytes(hash)))];
  return [
    { path: 'prev-checkpoint', bytes: utf8ToBytes(note) },
    { path: 'consistency', bytes: utf8ToBytes(lines.map((line) => `${line}\n`).join('')) },
  ];
}

/** Twelve digits, so that names sort as entries do. */
function placeOf(index: number): string {
  return String(index).padStart(12, '0');
}
