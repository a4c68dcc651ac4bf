import type { JsonObject } from '../document/json.ts';
import { digestOf, type Digest } from '../evidence/digest.ts';
import { objectKey } from './object-ref.ts';
import { objectRefOf } from './object-ref-of.ts';

/** The digest of rendered objects, whatever the order that they were rendered in. */
export function desiredDigest(objects: readonly JsonObject[]): Digest {
  const keyed = objects.map((object) => ({ object, key: objectKey(objectRefOf(object)) }));
  return digestOf(keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ object }) => object));
}
