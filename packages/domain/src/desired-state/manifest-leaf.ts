import type { JsonPath } from '../document/json-pointer.ts';
import type { Position } from '../document/problem.ts';

/** A leaf of a document: where it is in the content. A map's name that is given twice has a leaf for each. */
export interface Leaf {
  readonly path: JsonPath;
  readonly value: string | number | boolean | null;
}

/** A leaf, and where it is in the file. */
export interface ManifestLeaf extends Leaf {
  readonly key: Position;
  readonly at: Position;
}

export interface ManifestDocument {
  readonly leaves: readonly ManifestLeaf[];
}
