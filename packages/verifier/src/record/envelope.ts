import { bytesOf, joined, type Bytes } from '../bytes/bytes.ts';
import type { VerifyKey } from '../bytes/crypto.ts';
import { fromBase64 } from '../bytes/encoding.ts';
import type { JsonObject } from '../json/canonical-json.ts';
import { asObject, listAt, requireOnly, textAt } from '../json/fields.ts';
import { demand } from '../refusal.ts';

const payloadType = 'application/vnd.in-toto+json';

/** DSSE with its one signature. */
export interface Envelope {
  readonly payload: Bytes;
  /** What was signed. */
  readonly pae: Bytes;
  readonly keyId: string;
  readonly signature: Bytes;
}

export function parseEnvelope(object: JsonObject): Envelope {
  requireOnly(object, ['payload', 'payloadType', 'signatures'], 'an envelope');
  demand(textAt(object, 'payloadType') === payloadType, 'envelope-invalid', 'the envelope holds no in-toto statement');
  const signatures = listAt(object, 'signatures');
  demand(signatures.length === 1, 'envelope-invalid', `the envelope has ${String(signatures.length)} signatures, not one`);
  const signature = asObject(signatures[0], 'signature');
  requireOnly(signature, ['keyid', 'sig'], 'a signature');
  const payload = fromBase64(textAt(object, 'payload'));
  const before = bytesOf(`DSSEv1 ${String(payloadType.length)} ${payloadType} ${String(payload.length)} `);
  return { payload, pae: joined(before, payload), keyId: textAt(signature, 'keyid'), signature: fromBase64(textAt(signature, 'sig')) };
}

/** A key with the time in which what it signs counts. */
export interface RecordKey {
  readonly keyId: string;
  readonly key: VerifyKey;
  readonly validFrom: string;
  readonly validUntil: string | undefined;
}

/** `keyid` chooses a key that is trusted beforehand, and decides nothing else. */
export async function requireSigned({ keyId, signature, pae }: Envelope, keys: readonly RecordKey[]): Promise<RecordKey> {
  const key = keys.find((known) => known.keyId === keyId);
  demand(key !== undefined, 'key-unknown', `signed by key ${JSON.stringify(keyId.slice(0, 80))}, which is not trusted`);
  demand(signature.length === 64 && (await key.key.verifies(signature, pae)), 'signature-wrong', 'the signature does not hold');
  return key;
}

/** Whether the key was valid when the fact was recorded, not now: evidence outlives keys. */
export function requireValidAt({ keyId, validFrom, validUntil }: RecordKey, at: string): void {
  const during = `${validFrom} to ${validUntil ?? 'now'}`;
  const valid = validFrom <= at && (validUntil === undefined || at < validUntil);
  demand(valid, 'key-not-valid-then', `key ${keyId} is valid from ${during}, the record is of ${at}`);
}
