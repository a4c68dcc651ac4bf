import type { JsonPath } from '../document/json-pointer.ts';
import type { Leaf } from '../desired-state/manifest-leaf.ts';
import { secretValueKind } from './secret-value.ts';

/** A Secret's value in clear. */
export interface SecretLiteral<L extends Leaf> {
  readonly leaf: L;
  /** Of the Secret, as it is written. */
  readonly name: string;
  readonly namespace?: string;
  /** Of the value inside the Secret. */
  readonly key: string;
}

/** The values in clear of every Secret in one document, wherever it lies: at the top, in a List, or in an object that carries others. */
export function secretLiterals<L extends Leaf>(leaves: readonly L[]): readonly SecretLiteral<L>[] {
  const secrets = leaves.filter(({ path, value }) => path.at(-1) === 'kind' && value === 'Secret').map(({ path }) => path.slice(0, -1));
  if (secrets.length === 0) return [];
  const sealed = leaves.some(({ path, value }) => path.join('/') === 'sops/mac' && typeof value === 'string' && value.startsWith('ENC['));
  return secrets.flatMap((place) => {
    const below = leaves.filter(({ path }) => isBelow(path, place)).map((leaf) => ({ leaf, rest: leaf.path.slice(place.length) }));
    const texts = new Map(below.map(({ leaf, rest }) => [rest.join('/'), String(leaf.value ?? '')]));
    return isSecret(texts, place) ? literalsOf(below, { texts, sealed }) : [];
  });
}

interface Below<L extends Leaf> {
  readonly leaf: L;
  readonly rest: JsonPath;
}

interface Secret {
  readonly texts: ReadonlyMap<string, string>;
  readonly sealed: boolean;
}

function literalsOf<L extends Leaf>(below: readonly Below<L>[], secret: Secret): readonly SecretLiteral<L>[] {
  const namespace = secret.texts.get('metadata/namespace');
  const owner = { name: secret.texts.get('metadata/name') ?? '', ...(namespace === undefined ? {} : { namespace }) };
  return below.flatMap(({ leaf, rest: [field, key] }) => {
    if ((field !== 'data' && field !== 'stringData') || key === undefined) return [];
    return isLiteral({ leaf, field, key: String(key) }, secret) ? [{ leaf, ...owner, key: String(key) }] : [];
  });
}

interface Value {
  readonly leaf: Leaf;
  readonly field: 'data' | 'stringData';
  readonly key: string;
}

function isLiteral({ leaf, field, key }: Value, { texts, sealed }: Secret): boolean {
  const vaultPath = texts.has('metadata/annotations/avp.kubernetes.io/path');
  const encoding = field === 'data' ? 'base64' : 'text';
  const kind = secretValueKind({ text: String(leaf.value ?? ''), encoding, key, sealed, vaultPath });
  return kind === 'literal' && !isPublicField(texts, key, leaf);
}

/** A patch may leave the version out; deeper inside only a whole object is one, else it's a reference. */
function isSecret(texts: ReadonlyMap<string, string>, place: JsonPath): boolean {
  const version = texts.get('apiVersion');
  return version === 'v1' || (version === undefined && (place.length === 0 || place.at(-2) === 'items'));
}

const publicOfBootstrapToken = /^(?:token-id|expiration|description|auth-extra-groups|usage-bootstrap-.+)$/;
const publicOfArgoCd =
  /^(?:type|url|name|project|server|namespaces|clusterResources|enableOCI|enableLfs|insecure|insecureIgnoreHostKey|forceHttpBasicAuth)$/;
const urlWithPassword = /:\/\/[^\s/@]*:[^\s/@]+@/;

/** Fields that a controller reads from a Secret although they are none. */
function isPublicField(texts: ReadonlyMap<string, string>, key: string, { value }: Leaf): boolean {
  if (texts.get('type') === 'bootstrap.kubernetes.io/token') return publicOfBootstrapToken.test(key);
  if (!texts.has('metadata/labels/argocd.argoproj.io/secret-type')) return false;
  return publicOfArgoCd.test(key) && !urlWithPassword.test(String(value));
}

function isBelow(path: JsonPath, place: JsonPath): boolean {
  return path.length > place.length && place.every((step, index) => path[index] === step);
}
