import { base64Bytes } from '../base64-bytes.ts';
import type { FoundSecret, SecretRule } from '../found-secret.ts';
import type { ObjectLeaves, PlacedLeaf } from '../object-leaves.ts';
import { readableText } from '../readable-text.ts';
import { binarySecrets } from '../binary-secrets.ts';
import { ownerOf, textOf, type Extractor, type ScannedDocument } from '../scan-hit.ts';

const lastApplied = 'metadata/annotations/kubectl.kubernetes.io/last-applied-configuration';

/** Texts inside of values: files in a ConfigMap, manifests in strings, base64 of either. */
export const nestedTexts: Extractor = (document) =>
  document.objects
    .filter(({ kind }) => kind !== 'CustomResourceDefinition')
    .flatMap((object) =>
      object.leaves.flatMap((placed) =>
        insideOf(document, object, placed).map(({ rule, message, value, severity }) => ({
          rule: ruleOf(object, placed, rule),
          leaf: placed.leaf,
          value,
          message: `${message}, inside ${String(placed.rest.at(-1) ?? 'a value')} of ${ownerOf(object)}`,
          object,
          ...(severity === undefined ? {} : { severity }),
        })),
      ),
    );

function insideOf(document: ScannedDocument, object: ObjectLeaves, placed: PlacedLeaf): readonly FoundSecret[] {
  const { value } = placed.leaf;
  if (typeof value !== 'string' || value.length < 8) return [];
  if (object.kind === 'Secret' && !document.templated && !isApplied(placed)) return [];
  const name = nameOf(placed);
  if (object.kind !== 'SealedSecret' && isEncoded(value)) return insideBytes(document, placed, name);
  return isDocument(object, value) ? document.inside({ name, text: value }) : [];
}

function insideBytes(document: ScannedDocument, placed: PlacedLeaf, name: string): readonly FoundSecret[] {
  const bytes = base64Bytes(textOf(placed.leaf));
  if (bytes === undefined) return [];
  const read = readableText(bytes);
  if (read.kind === 'binary') return binarySecrets(name, bytes);
  return printable(read.text) ? document.inside({ name, text: read.text }) : [];
}

function printable(text: string): boolean {
  return !/[^\t\n\r\x20-\x7e\u00a0-\uffff]/.test(text.slice(0, 512));
}

/** Long enough to be more than a word. */
function isEncoded(value: string): boolean {
  return value.length >= 16 && /^[A-Za-z0-9+/]{4}[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value) && value.replaceAll(/\s/g, '').length % 4 === 0;
}

/** Several lines, or JSON; a ConfigMap has files of one line too. */
function isDocument({ kind }: ObjectLeaves, value: string): boolean {
  return value.includes('\n') || /^\s*[{[]\s*["{[]/.test(value) || (kind === 'ConfigMap' && /[=:]/.test(value));
}

function nameOf(placed: PlacedLeaf): string {
  if (isApplied(placed)) return 'applied.json';
  const name = placed.rest.findLast((step) => typeof step === 'string') ?? 'value';
  if (/\.\w+$/.test(name) || name.startsWith('.')) return name;
  if (['patch', 'values', 'value', 'manifest', 'template', 'config'].includes(name)) return `${name}.yaml`;
  return /^[\w.-]+\s*=/m.test(textOf(placed.leaf)) ? `${name}.env` : `${name}.yaml`;
}

function isApplied({ place }: PlacedLeaf): boolean {
  return place === lastApplied;
}

/** What a rule about files says of a value inside an object. */
function ruleOf({ kind }: ObjectLeaves, placed: PlacedLeaf, rule: SecretRule): SecretRule {
  if (isApplied(placed)) return 'S04';
  if (kind === 'ConfigMap' && rule === 'S12') return 'S11';
  return isPatch(kind, placed) && (rule === 'S01' || rule === 'S12') ? 'S13' : rule;
}

function isPatch(kind: string, { rest }: PlacedLeaf): boolean {
  const patches = ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'inlinePatches'];
  return (
    (kind === '' || kind === 'Kustomization' || kind === 'Component' || kind === 'HelmRelease') &&
    rest.some((step) => patches.includes(String(step)))
  );
}
