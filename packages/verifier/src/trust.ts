import { ed25519Key, sha256Hex } from './bytes/crypto.ts';
import { bytesOf } from './bytes/bytes.ts';
import { fromBase64 } from './bytes/encoding.ts';
import { parseLooseJson, type Json, type JsonObject } from './json/canonical-json.ts';
import { asObject, countAt, field, listAt, objectAt, optionalTextAt, requireOnly, textAt, textsAt, timeAt } from './json/fields.ts';
import { openCheckpoint, type Checkpoint, type LogTrust } from './log/checkpoint.ts';
import { parseNoteKey } from './log/note-key.ts';
import type { RecordKey } from './record/envelope.ts';
import { demand } from './refusal.ts';

/** What the caller knows beforehand, never from the bundle: keys, whose word a checkpoint needs, and the log as it was last seen. */
export interface Trust {
  readonly log: LogTrust;
  readonly recordKeys: readonly RecordKey[];
  /** Absent: any checkpoint that the log signed is as good as another. */
  readonly checkpoint: Checkpoint | undefined;
}

const fields = ['kind', 'log', 'witnesses', 'quorum', 'recordKeys', 'issuers', 'checkpoint'];

/** Reads a `TrustPolicy`. Throws `Refusal` on whatever isn't exactly one. */
export async function parseTrust(text: string): Promise<Trust> {
  const policy = asObject(parseLooseJson(text), 'the trust file');
  demand(field(policy, 'kind') === 'TrustPolicy', 'trust-invalid', 'the trust file is not of kind TrustPolicy');
  requireOnly(policy, fields, 'the trust file');
  // Foreign issuers are judged by Fairlead, which records that it did; this program knows none yet.
  demand(listAt(policy, 'issuers').length === 0, 'trust-invalid', 'issuers are not supported: leave the list empty');
  const log = await logOf(policy);
  const recordKeys = await Promise.all(listAt(policy, 'recordKeys').map((key) => parseRecordKey(key)));
  const ids = new Set(recordKeys.map(({ keyId }) => keyId));
  demand(recordKeys.length > 0 && ids.size === recordKeys.length, 'trust-invalid', 'record keys are missing, or one is listed twice');
  const note = optionalTextAt(policy, 'checkpoint');
  return { log, recordKeys, checkpoint: note === undefined ? undefined : await openCheckpoint(bytesOf(note), log) };
}

async function logOf(policy: JsonObject): Promise<LogTrust> {
  const log = objectAt(policy, 'log');
  requireOnly(log, ['origin', 'vkey'], 'the log');
  const origin = textAt(log, 'origin');
  const key = await parseNoteKey(textAt(log, 'vkey'), 'log');
  demand(key.name === origin, 'trust-invalid', `the log is named ${JSON.stringify(origin)}, its key ${JSON.stringify(key.name)}`);
  const listed = textsAt(policy, 'witnesses');
  const witnesses = await Promise.all(listed.map((witness) => parseNoteKey(witness, 'witness')));
  const quorum = countAt(policy, 'quorum');
  // By key, not by name: one witness under two names is one.
  const distinct = new Set(listed.map((witness) => witness.replace(/^[^+]*[+][^+]*[+]/, ''))).size;
  demand(
    distinct === witnesses.length && quorum <= distinct,
    'trust-invalid',
    'a witness is listed twice, or more are asked for than there are',
  );
  return { origin, key, witnesses, quorum };
}

/** As a trust file and `keys.json` list it. Its id is SHA-256 of its SPKI form. */
export async function parseRecordKey(value: Json): Promise<RecordKey> {
  const key = asObject(value, 'a record key');
  requireOnly(key, ['keyId', 'spki', 'validFrom', 'validUntil'], 'a record key');
  const spki = fromBase64(textAt(key, 'spki'));
  const keyId = textAt(key, 'keyId');
  demand((await sha256Hex(spki)) === keyId, 'key-invalid', `the id of key ${JSON.stringify(keyId.slice(0, 80))} is not that of its bytes`);
  const validFrom = timeAt(key, 'validFrom');
  const validUntil = field(key, 'validUntil') === undefined ? undefined : timeAt(key, 'validUntil');
  demand(validUntil === undefined || validFrom < validUntil, 'key-invalid', `key ${keyId} ends before it begins`);
  return { keyId, key: await ed25519Key('spki', spki), validFrom, validUntil };
}
