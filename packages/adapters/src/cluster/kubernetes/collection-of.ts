import type { ServedKind } from '@fairlead/engine';
import type { Collection } from '../../http/kubernetes/list-collection.ts';
import { metadataOnly } from '../../http/kubernetes/metadata-only.ts';
import { isSecret } from './live-object.ts';

/** A kind in one namespace, or (`namespace` absent) in all of them or in none. */
export interface Place {
  readonly kind: ServedKind;
  readonly namespace?: string;
}

export function collectionOf({ kind, namespace }: Place): Collection {
  const { group, version, resource } = kind;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const inside = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return { path: `${root}${inside}/${resource}`, ...(isSecret(kind) ? { accept: metadataOnly } : {}) };
}

/** From so many namespaces on, one look at the whole cluster is cheaper than one at each of them: for both sides, although what lies elsewhere is read in vain. */
const wideFrom = 5;

/** Where to look for a kind: at best everything at once. Whether we may is found by trying; `narrowPlaces` are for where we may not. */
export function placesOf(kind: ServedKind, namespaces: readonly string[]): readonly Place[] {
  if (!kind.namespaced || new Set(namespaces).size >= wideFrom) return [{ kind }];
  return narrowPlaces(kind, namespaces);
}

export function narrowPlaces(kind: ServedKind, namespaces: readonly string[]): readonly Place[] {
  return [...new Set(namespaces)].map((namespace) => ({ kind, namespace }));
}

/** Whether there is a second way, namespace by namespace, when we may not look at a place. */
export function isWide({ kind, namespace }: Place): boolean {
  return kind.namespaced && namespace === undefined;
}

/** For people: `pods of namespace pc-prod`. */
export function placeName({ kind, namespace }: Place): string {
  return namespace === undefined ? kind.resource : `${kind.resource} of namespace ${namespace}`;
}
