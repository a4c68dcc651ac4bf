import type { JsonObject } from '@fairlead/domain';

/** Which object of a collection; `namespace` is absent for a kind without one. */
export interface ItemIdentity {
  readonly namespace?: string;
  readonly name: string;
  readonly uid: string;
}

/** An object of a collection as it came. A list leaves out `apiVersion` and `kind` of its items. */
export interface CollectionItem extends ItemIdentity {
  readonly resourceVersion: string;
  readonly object: JsonObject;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing where it has no identity. Written by hand: it reads every object of a cluster, and must neither copy nor look further. */
export function readItem(value: unknown): CollectionItem | undefined {
  if (!isObject(value)) return undefined;
  const metadata = value['metadata'];
  if (!isObject(metadata)) return undefined;
  const { name, namespace, uid, resourceVersion } = metadata;
  if (typeof name !== 'string' || typeof uid !== 'string' || typeof resourceVersion !== 'string') return undefined;
  return { ...(typeof namespace === 'string' && namespace !== '' ? { namespace } : {}), name, uid, resourceVersion, object: value };
}
