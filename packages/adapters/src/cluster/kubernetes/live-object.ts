import type { ItemIdentity, CollectionItem } from '../../http/kubernetes/collection-item.ts';
import { isObject } from '../../http/kubernetes/collection-item.ts';
import type { JsonObject, ObjectRef } from '@fairlead/domain';
import type { LiveObject, ServedKind } from '@fairlead/engine';

type Kind = Pick<ServedKind, 'group' | 'version' | 'kind'>;

export function isSecret({ group, kind }: Pick<ServedKind, 'group' | 'kind'>): boolean {
  return group === '' && kind === 'Secret';
}

export function apiVersionOf({ group, version }: Pick<ServedKind, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

export function refOf({ group, version, kind }: Kind, { namespace, name }: ItemIdentity): ObjectRef {
  return { group, version, kind, ...(namespace === undefined ? {} : { namespace }), name };
}

/** As the server gave it, with what a list leaves out. */
export function liveObject(kind: Kind, item: CollectionItem): LiveObject {
  const { uid, resourceVersion, object } = item;
  const said = { apiVersion: apiVersionOf(kind), kind: kind.kind };
  const shown = isSecret(kind) ? { metadata: withoutLastApplied(object['metadata']) } : object;
  return { ref: refOf(kind, item), uid, resourceVersion, object: { ...shown, ...said } };
}

/** `kubectl apply` keeps the whole Secret in it. A server that ignores what was asked for sends the values too; they go no further than here. */
function withoutLastApplied(value: unknown): JsonObject {
  const metadata = isObject(value) ? value : {};
  const { annotations, ...rest } = metadata;
  if (!isObject(annotations)) return metadata;
  const { 'kubectl.kubernetes.io/last-applied-configuration': _dropped, ...kept } = annotations;
  return { ...rest, annotations: kept };
}
