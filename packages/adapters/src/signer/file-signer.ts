import { randomUUID, sign } from 'node:crypto';
import { join } from 'node:path';
import {
  bundleBytes,
  canonicalBytes,
  digestOfBytes,
  logLeafBytes,
  preAuthenticationEncoding,
  predicateTypeOf,
  statementOf,
  statementPayloadType,
  type NewEvidence,
  type SignedRecord,
} from '@fairlead/domain';
import type { Signer } from '@fairlead/engine';
import { loadOrCreateKey, type KeyFile } from './key-file.ts';

/** Signs with the record key of the folder, made at the first start. */
export interface FileSigner extends Signer {
  readonly keyId: string;
  readonly spki: Uint8Array;
}

export async function fileSigner({ directory }: { readonly directory: string }): Promise<FileSigner> {
  const key = await loadOrCreateKey(join(directory, 'record.pem'));
  return { keyId: key.keyId, spki: key.spki, sign: (evidence) => Promise.resolve(signRecord(key, evidence)) };
}

function signRecord(key: KeyFile, evidence: NewEvidence): SignedRecord {
  const payload = canonicalBytes(statementOf(evidence, randomUUID()));
  const pae = preAuthenticationEncoding(statementPayloadType, payload);
  const { type, environment, at } = evidence;
  return {
    digest: digestOfBytes(pae),
    evidence,
    bundle: bundleBytes(payload, sign(null, pae, key.privateKey), key.keyId),
    leaf: logLeafBytes({ type: predicateTypeOf(type), environment, at }, pae),
  };
}
