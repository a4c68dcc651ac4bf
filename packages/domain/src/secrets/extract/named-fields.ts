import type { SecretRule } from '../found-secret.ts';
import { namedValue } from '../named-literal.ts';
import type { ObjectLeaves, PlacedLeaf } from '../object-leaves.ts';
import { ownerOf, textOf, type Extractor, type LeafHit, type ScannedDocument } from '../scan-hit.ts';
import { said } from '../settings/said.ts';
import { isOfStore } from './secret-stores.ts';

/** Fields whose name says that a secret stands in them: `password: x`, `{ name: DB_PASSWORD, value: x }`, `- DB_PASSWORD=x`. */
export const namedFields: Extractor = (document) => {
  if (document.sealed) return [];
  return document.objects.filter((object) => !isJudgedElsewhere(object)).flatMap((object) => inObject(document, object));
};

/** By fields of their own, or schemas and permissions that only speak of secrets. */
function isJudgedElsewhere(object: ObjectLeaves): boolean {
  const { kind, group } = object;
  if (isOfStore(object) || group === 'rbac.authorization.k8s.io' || group === 'apiextensions.k8s.io') return true;
  return ['Secret', 'SecretList', 'SealedSecret', 'OnePasswordItem'].includes(kind) || (kind === 'Config' && group === '');
}

interface NamedField {
  readonly name: string;
  readonly value: string;
  readonly placed: PlacedLeaf;
}

function inObject({ file }: ScannedDocument, object: ObjectLeaves): readonly LeafHit[] {
  return object.leaves
    .filter(({ rest }) => !(object.kind !== '' && rest[0] === 'metadata' && rest[1] !== 'annotations'))
    .flatMap((placed) => {
      const field = fieldOf(object, placed);
      if (field === undefined || isReferenceField(field)) return [];
      const kind = namedValue(field.name, field.value);
      if (kind === 'none') return [];
      const rule = ruleOf(object, placed, file);
      const message = messageOf(object, rule, { name: field.name, what: said[kind] });
      const severity = kind === 'literal' ? {} : { severity: 'warning' as const };
      return [{ rule, leaf: placed.leaf, value: field.value, message, object, ...severity }];
    });
}

/** A pair of name and value, a line `NAME=value` of a list, or the field itself. */
function fieldOf(object: ObjectLeaves, placed: PlacedLeaf): NamedField | undefined {
  const { rest, leaf } = placed;
  const last = rest.at(-1);
  if (typeof last === 'number') return lineOf(placed);
  if (last === undefined || typeof leaf.value === 'boolean' || leaf.value === null) return undefined;
  const value = textOf(leaf);
  return /^(?:value|default|defaultValue|stringValue)$/.test(last) ? pairOf(object, placed) : { name: last, value, placed };
}

function lineOf(placed: PlacedLeaf): NamedField | undefined {
  const [, name, value] = /^([A-Za-z_][\w.-]{0,80})=(.+)$/s.exec(textOf(placed.leaf)) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value, placed };
}

function pairOf({ text }: ObjectLeaves, placed: PlacedLeaf): NamedField | undefined {
  const owner = placed.rest.slice(0, -1);
  const named = text([...owner, 'name'].join('/')) ?? text([...owner, 'key'].join('/'));
  const name = named ?? owner.findLast((step) => typeof step === 'string');
  if (name === undefined) return undefined;
  const value = textOf(placed.leaf);
  return isHeader(name) ? { name: `${name} password`, value: withoutScheme(value), placed } : { name, value, placed };
}

function isHeader(name: string): boolean {
  return /^(?:authorization|proxy-authorization|x-api-key|x-auth-token|cookie)$/i.test(name);
}

function withoutScheme(value: string): string {
  return value.replace(/^(?:Bearer|Basic|Token|Digest)\s+/i, '');
}

/** Fields that name a Secret's entry, whatever is in it. */
function isReferenceField({ placed: { rest } }: NamedField): boolean {
  const outer = rest.slice(0, -1).map(String);
  return outer.some((step) =>
    /(?:KeyRef|SecretRef|secretKeyRef|remoteRef|keySelector|existingSecret|secretRef|ConfigMapRef|valueFrom|secretKeys)$/i.test(step),
  );
}

function ruleOf(object: ObjectLeaves, placed: PlacedLeaf, file: string): SecretRule {
  const { kind, group } = object;
  if (kind === 'ConfigMap' && placed.rest[0] === 'data') return 'S11';
  if (placed.place.startsWith('spec/postBuild/substitute/')) return 'S15';
  if (isKustomization(kind, group, file) && !placed.place.startsWith('helmCharts/')) return 'S13';
  return isOfContainer(object, placed) ? 'S10' : 'S12';
}

function isOfContainer({ apiVersion, group, kind }: ObjectLeaves, { rest }: PlacedLeaf): boolean {
  if (apiVersion === '' && kind === '') return false;
  return group !== 'argoproj.io' && kind !== 'HelmRelease' && (rest.includes('env') || rest.includes('httpHeaders'));
}

function isKustomization(kind: string, group: string, file: string): boolean {
  return group === 'kustomize.config.k8s.io' || (group === '' && kind !== 'ConfigMap' && /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(file));
}

function messageOf(object: ObjectLeaves, rule: SecretRule, { name, what }: { readonly name: string; readonly what: string }): string {
  if (rule === 'S10') return `a container of ${ownerOf(object)} gets ${what} as ${name}`;
  return `${ownerOf(object)} sets ${name} to ${what}`;
}
