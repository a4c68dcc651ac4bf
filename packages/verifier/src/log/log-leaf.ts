import { bytesOf, type Bytes } from '../bytes/bytes.ts';
import { canonicalText, type JsonObject } from '../json/canonical-json.ts';
import { field, optionalTextAt, requireOnly, textAt, timeAt } from '../json/fields.ts';
import { demand } from '../refusal.ts';

/** What the log commits to for one record. */
export interface LogLeaf {
  readonly type: string;
  readonly environment: string | undefined;
  /** SHA-256 of the envelope's pre-authentication encoding, hexadecimal: what other records cite, after `sha256:`. */
  readonly pae: string;
  readonly at: string;
}

export function leafBytes({ type, environment, pae, at }: LogLeaf): Bytes {
  return bytesOf(canonicalText({ v: 1, type, ...(environment === undefined ? {} : { environment }), pae, at }));
}

export function parseLogLeaf(object: JsonObject): LogLeaf {
  requireOnly(object, ['v', 'type', 'environment', 'pae', 'at'], 'a leaf');
  demand(field(object, 'v') === 1, 'leaf-invalid', 'a leaf is not of version 1');
  const pae = textAt(object, 'pae');
  demand(/^[0-9a-f]{64}$/.test(pae), 'leaf-invalid', 'a leaf holds no hash');
  return { type: textAt(object, 'type'), environment: optionalTextAt(object, 'environment'), pae, at: timeAt(object, 'at') };
}
