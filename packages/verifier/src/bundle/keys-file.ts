import type { Bytes } from '../bytes/bytes.ts';
import { parseCanonicalJson } from '../json/canonical-json.ts';
import { asObject, listAt, objectAt, requireOnly, textAt } from '../json/fields.ts';
import type { LogTrust } from '../log/checkpoint.ts';
import { parseNoteKey } from '../log/note-key.ts';
import { demand } from '../refusal.ts';
import { parseRecordKey } from '../trust.ts';

/** `keys.json` tells a reader which keys the bundle was made with. It is held to its form and to the log, and gives no trust. */
export async function requireKeysFile(bytes: Bytes, log: LogTrust): Promise<void> {
  const keys = asObject(parseCanonicalJson(bytes), 'keys.json');
  requireOnly(keys, ['log', 'recordKeys'], 'keys.json');
  const named = objectAt(keys, 'log');
  requireOnly(named, ['origin', 'vkey'], 'the log');
  const { name, id } = await parseNoteKey(textAt(named, 'vkey'), 'log');
  const same = name === log.key.name && id === log.key.id && textAt(named, 'origin') === log.origin;
  demand(same, 'keys-differ', 'keys.json names another log, or another key of it');
  await Promise.all(listAt(keys, 'recordKeys').map((key) => parseRecordKey(key)));
}
