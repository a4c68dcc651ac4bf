import type { Bytes } from '../bytes/bytes.ts';
import { parseCanonicalJson, type JsonObject } from '../json/canonical-json.ts';
import { asObject, countAt, field, listAt, objectAt, requireOnly, textAt, textsAt } from '../json/fields.ts';
import { parseLogLeaf, type LogLeaf } from '../log/log-leaf.ts';
import { parseEnvelope, requireSigned, requireValidAt, type RecordKey } from '../record/envelope.ts';
import { parseStatement } from '../record/statement.ts';
import { demand, UnknownVersion } from '../refusal.ts';

export interface ManifestFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** A record whose content isn't in the bundle: what the log holds for it is. */
export interface Withheld {
  readonly index: number;
  readonly leaf: LogLeaf;
}

/** What the bundle is said to hold, by the one who made it. */
export interface Manifest {
  readonly audience: 'full' | 'tenant';
  readonly at: string;
  readonly service: string;
  readonly environment: string;
  readonly release: string;
  readonly promotion: string;
  /** From the first of its records to the size of its checkpoint. */
  readonly range: { readonly from: number; readonly to: number };
  readonly files: readonly ManifestFile[];
  readonly withheld: readonly Withheld[];
  /** What its maker says is missing. */
  readonly missing: readonly string[];
}

export async function openManifest(bytes: Bytes, keys: readonly RecordKey[]): Promise<Manifest> {
  const envelope = parseEnvelope(asObject(parseCanonicalJson(bytes), 'the manifest'));
  const key = await requireSigned(envelope, keys);
  const { type, at, service, environment, release, promotion, body } = parseStatement(envelope.payload);
  requireValidAt(key, at);
  demand(type === 'bundle-manifest', 'manifest-invalid', `the manifest is a record of type ${type}`);
  requireKnown(body);
  demand(
    environment !== undefined && release !== undefined && promotion !== undefined,
    'manifest-invalid',
    'the manifest is of no promotion',
  );
  const range = objectAt(body, 'range');
  return {
    audience: audienceOf(textAt(body, 'audience')),
    ...{ at, service, environment, release, promotion },
    range: { from: countAt(range, 'from'), to: countAt(range, 'to') },
    files: listAt(body, 'files').map((file) => fileOf(asObject(file, 'files'))),
    withheld: listAt(body, 'withheld').map((record) => withheldOf(asObject(record, 'withheld'))),
    missing: textsAt(body, 'missing'),
  };
}

function requireKnown(body: JsonObject): void {
  const bundle = field(body, 'bundle');
  const version = field(body, 'version');
  if (bundle === 'promotion' && version === 1) return;
  throw new UnknownVersion(
    'bundle-unknown',
    `this program does not know bundles of kind ${JSON.stringify(bundle)}, version ${JSON.stringify(version)}`,
  );
}

function audienceOf(audience: string): Manifest['audience'] {
  if (audience === 'full' || audience === 'tenant') return audience;
  throw new UnknownVersion('audience-unknown', `this program does not know bundles for ${JSON.stringify(audience.slice(0, 80))}`);
}

function fileOf(file: JsonObject): ManifestFile {
  requireOnly(file, ['path', 'size', 'sha256'], 'a file of the manifest');
  return { path: textAt(file, 'path'), size: countAt(file, 'size'), sha256: textAt(file, 'sha256') };
}

function withheldOf(record: JsonObject): Withheld {
  requireOnly(record, ['index', 'leaf'], 'a withheld record');
  return { index: countAt(record, 'index'), leaf: parseLogLeaf(objectAt(record, 'leaf')) };
}
