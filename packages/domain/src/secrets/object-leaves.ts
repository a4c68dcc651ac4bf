import type { ManifestLeaf } from '../desired-state/manifest-leaf.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { JsonPath } from '../document/json-pointer.ts';

export interface PlacedLeaf {
  readonly leaf: ManifestLeaf;
  /** Its path inside the object. */
  readonly rest: JsonPath;
  /** `rest`, joined by slashes. */
  readonly place: string;
}

/** One Kubernetes object of a document, or the document where it holds none. */
export interface ObjectLeaves {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  /** '' for the whole document. */
  readonly path: JsonPath;
  readonly leaves: readonly PlacedLeaf[];
  /** The value at a place, as text; `undefined` where nothing is there. */
  readonly text: (place: string) => string | undefined;
}

/** Splits a document in its objects: itself, a List's items, and whole objects that others carry. Every leaf belongs to the innermost one. */
export function objectsOf(leaves: readonly ManifestLeaf[]): readonly ObjectLeaves[] {
  const places = objectPlaces(leaves);
  const depths = [...new Set([...places.values()].map((path) => path.length))].toSorted((a, b) => b - a);
  const members = new Map<string, { readonly path: JsonPath; readonly leaves: PlacedLeaf[] }>();
  for (const leaf of leaves) {
    const path = innermost(leaf.path, places, depths);
    const key = keyOf(path);
    const known = members.get(key) ?? { path, leaves: [] };
    members.set(key, known);
    const rest = leaf.path.slice(path.length);
    known.leaves.push({ leaf, rest, place: rest.join('/') });
  }
  return [...members.values()].map((member) => objectOf(member.path, member.leaves));
}

/** Of the object, as it is written. */
export function refOf({ apiVersion, group, kind, text }: ObjectLeaves): ObjectRef {
  const namespace = text('metadata/namespace');
  const version = apiVersion.slice(apiVersion.lastIndexOf('/') + 1);
  return { group, version, kind, ...(namespace === undefined ? {} : { namespace }), name: text('metadata/name') ?? '' };
}

function objectOf(path: JsonPath, leaves: readonly PlacedLeaf[]): ObjectLeaves {
  const texts = new Map(leaves.map(({ leaf, place }) => [place, String(leaf.value ?? '')]));
  const apiVersion = texts.get('apiVersion') ?? '';
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return { apiVersion, group, kind: texts.get('kind') ?? '', path, leaves, text: (place) => texts.get(place) };
}

function objectPlaces(leaves: readonly ManifestLeaf[]): ReadonlyMap<string, JsonPath> {
  const versioned = new Set(leaves.filter(({ path }) => path.at(-1) === 'apiVersion').map(({ path }) => keyOf(path.slice(0, -1))));
  const places = new Map<string, JsonPath>([['', []]]);
  for (const { path, value } of leaves) {
    if (path.at(-1) !== 'kind' || typeof value !== 'string') continue;
    const place = path.slice(0, -1);
    if (place.at(-2) === 'items' || versioned.has(keyOf(place))) places.set(keyOf(place), place);
  }
  return places;
}

function innermost(path: JsonPath, places: ReadonlyMap<string, JsonPath>, depths: readonly number[]): JsonPath {
  for (const depth of depths) {
    const found = depth < path.length ? places.get(keyOf(path.slice(0, depth))) : undefined;
    if (found !== undefined) return found;
  }
  return [];
}

function keyOf(path: JsonPath): string {
  return path.map((step) => `/${String(step)}`).join('');
}
