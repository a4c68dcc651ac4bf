import type { Bytes } from '../bytes/bytes.ts';
import { sha256Hex } from '../bytes/crypto.ts';
import { parseCanonicalJson } from '../json/canonical-json.ts';
import { asObject, field, isList, objectAt, requireOnly, textAt } from '../json/fields.ts';
import { leafBytes, type LogLeaf } from '../log/log-leaf.ts';
import { demand } from '../refusal.ts';
import { parseEnvelope, requireSigned, requireValidAt, type RecordKey } from './envelope.ts';
import { parseStatement, type Statement } from './statement.ts';

const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A record that was signed by a trusted key, and the leaf that the log must hold for it. */
export interface SignedRecord extends Statement {
  /** By which other records cite it. */
  readonly digest: string;
  readonly leaf: Bytes;
}

/** Opens a Sigstore bundle v0.3 of the `publicKey` form: shape, key hint, signature, and only then what it says. */
export async function openRecord(bytes: Bytes, keys: readonly RecordKey[]): Promise<SignedRecord> {
  const bundle = asObject(parseCanonicalJson(bytes), 'the record');
  requireOnly(bundle, ['mediaType', 'verificationMaterial', 'dsseEnvelope'], 'a record');
  demand(textAt(bundle, 'mediaType') === mediaType, 'record-invalid', 'not a Sigstore bundle v0.3');
  const envelope = parseEnvelope(objectAt(bundle, 'dsseEnvelope'));
  const hint = hintOf(objectAt(bundle, 'verificationMaterial'));
  demand(hint === envelope.keyId, 'key-hint-differs', 'the key hint is not the key id of the signature');
  const key = await requireSigned(envelope, keys);
  const statement = parseStatement(envelope.payload);
  requireValidAt(key, statement.at);
  const pae = await sha256Hex(envelope.pae);
  return { ...statement, digest: `sha256:${pae}`, leaf: leafBytes(leafOf(statement, pae)) };
}

function hintOf(material: ReturnType<typeof objectAt>): string {
  requireOnly(material, ['publicKey', 'tlogEntries'], 'the verification material');
  const entries = field(material, 'tlogEntries');
  demand(isList(entries) && entries.length === 0, 'record-invalid', 'the record cites a foreign log');
  const key = objectAt(material, 'publicKey');
  requireOnly(key, ['hint'], 'the public key');
  return textAt(key, 'hint');
}

function leafOf({ predicateType, environment, at }: Statement, pae: string): LogLeaf {
  return { type: predicateType, environment, pae, at };
}
