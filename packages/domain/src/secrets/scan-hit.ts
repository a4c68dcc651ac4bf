import type { ManifestLeaf } from '../desired-state/manifest-leaf.ts';
import type { FindingSeverity } from '../policy/rule.ts';
import type { FoundSecret, SecretRule } from './found-secret.ts';
import type { ObjectLeaves } from './object-leaves.ts';

/** A leaf that an extractor took for a secret. */
export interface LeafHit {
  readonly rule: SecretRule;
  readonly leaf: ManifestLeaf;
  readonly message: string;
  /** Where it isn't the leaf's own. */
  readonly value?: string;
  readonly severity?: FindingSeverity;
  readonly object?: ObjectLeaves;
}

/** A document of YAML or JSON, with what every extractor asks of it. */
export interface ScannedDocument {
  readonly file: string;
  readonly leaves: readonly ManifestLeaf[];
  readonly objects: readonly ObjectLeaves[];
  /** It has the metadata of SOPS, with its checksum. */
  readonly sealed: boolean;
  /** A template of Helm. */
  readonly templated: boolean;
  /** Searches a text that stands inside the document. */
  inside(text: NestedText): readonly FoundSecret[];
}

interface NestedText {
  /** As a file with these contents would be named: `application.properties`. */
  readonly name: string;
  readonly text: string;
}

export type Extractor = (document: ScannedDocument) => readonly LeafHit[];

/** The text that a leaf holds; numbers and booleans as they are written. */
export function textOf({ value }: Pick<ManifestLeaf, 'value'>): string {
  return value === null ? '' : String(value);
}

/** For people: `Deployment shop/api`, `the file` where the document is no object. */
export function ownerOf({ kind, text }: ObjectLeaves): string {
  const [namespace, name] = [text('metadata/namespace'), text('metadata/name') ?? text('metadata/generateName')];
  if (kind === '') return 'the file';
  if (name === undefined) return kind;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
