import { jsonPointer } from '../document/json-pointer.ts';
import { extractors } from './extract/extractors.ts';
import { settingsSecrets } from './settings/settings-secrets.ts';
import type { FoundSecret } from './found-secret.ts';
import { objectsOf, refOf } from './object-leaves.ts';
import type { LeafHit, ScannedDocument } from './scan-hit.ts';
import type { ScannedText } from './scanned-text.ts';
import { ScanBudget } from './scan-budget.ts';
import { structureOf, type StructuredDocument } from './structure-of.ts';
import { plainSecrets } from './plain-secrets.ts';
import { TextPlaces } from './text-places.ts';

/** The secrets of a text: by the structure that it has, and by what its words show. Bounded in time and memory for any text; never throws. */
export function scanText(file: ScannedText, budget: ScanBudget = new ScanBudget()): readonly FoundSecret[] {
  const found = secretsOf(file, budget).toSorted((one, other) => one.line - other.line || one.column - other.column);
  return isExample(file.path) ? found.filter(({ rule, severity }) => severity !== 'warning' || rule === 'S14') : found;
}

function secretsOf(file: ScannedText, budget: ScanBudget): readonly FoundSecret[] {
  const plain = plainSecrets(file);
  const { documents, rest } = structureOf(file, plain.length > 0);
  const settings = rest === '' ? [] : settingsSecrets({ path: file.path, text: rest });
  if (documents.length === 0) return withText(settings, plain);
  const places = new TextPlaces(file.text);
  const found = documents.flatMap((own) => {
    const document = documentOf(file, own, budget);
    return eachOnce(extractors.flatMap((extract) => extract(document).map((hit) => foundAt(hit, places))));
  });
  const leaves = documents.flatMap((document) => document.leaves);
  return withText(
    [...found, ...settings],
    plain.map((secret) => places.inLeaf(secret, leaves)),
  );
}

/** Files that show what settings look like: words that stand for a value are what they are made of. */
function isExample(path: string): boolean {
  return /[._-](?:example|sample|dist|template|tmpl)(?:\.[\w-]+)?$|(?:^|\/)(?:docs?|examples?|samples?)\/|\.(?:md|adoc|rst)$/i.test(path);
}

function documentOf({ path }: ScannedText, { leaves, templated }: StructuredDocument, budget: ScanBudget): ScannedDocument {
  return {
    file: path,
    leaves,
    templated,
    objects: objectsOf(leaves),
    sealed: leaves.some((leaf) => leaf.path.join('/') === 'sops/mac' && typeof leaf.value === 'string' && leaf.value.startsWith('ENC[')),
    inside: ({ name, text }) => {
      const inner = budget.spend(text.length);
      return inner === undefined ? [] : scanText({ path: name, text }, inner);
    },
  };
}

function foundAt({ rule, leaf, message, value, severity, object }: LeafHit, places: TextPlaces): FoundSecret {
  const text = value ?? (leaf.value === null ? '' : String(leaf.value));
  return {
    rule,
    message,
    ...places.ofValue(leaf, text),
    pointer: jsonPointer(leaf.path),
    value: text,
    ...(object === undefined || object.kind === '' ? {} : { object: refOf(object) }),
    ...(severity === undefined ? {} : { severity }),
  };
}

/** What two extractors say of one value of a document is told by the first. */
function eachOnce(hits: readonly FoundSecret[]): readonly FoundSecret[] {
  const told = new Map<string, FoundSecret[]>();
  for (const secret of hits) {
    const near = told.get(secret.pointer) ?? [];
    if (!near.some((other) => sameValue(other.value, secret.value))) told.set(secret.pointer, [...near, secret]);
  }
  return [...told.values()].flat();
}

/** What the structure says isn't told again by what its text looks like. */
function withText(structural: readonly FoundSecret[], textual: readonly FoundSecret[]): readonly FoundSecret[] {
  const told = new Map<string, FoundSecret[]>();
  for (const secret of structural) for (const place of placesOf(secret)) told.set(place, [...(told.get(place) ?? []), secret]);
  const others = textual.filter((secret) => {
    const near = placesOf(secret).flatMap((place) => told.get(place) ?? []);
    return !near.some((other) => sameValue(other.value, secret.value));
  });
  return [...structural, ...others];
}

function placesOf({ line, pointer }: FoundSecret): readonly string[] {
  return pointer === '' ? [`line ${String(line)}`] : [`line ${String(line)}`, pointer];
}

function sameValue(one: string, other: string): boolean {
  const [a, b] = [one.replaceAll(/\s/g, ''), other.replaceAll(/\s/g, '')];
  return a === b || (a !== '' && b !== '' && (a.includes(b) || b.includes(a)));
}
