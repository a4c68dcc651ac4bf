import { defaultObject } from '../defaults/default-object.ts';
import type { FieldOwner } from '../fields/field-owners.ts';
import type { JsonObject } from '../json/json.ts';
import { objectAt, textAt, without } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { apiVersionOf, type ResourceType } from '../resources/resource-type.ts';
import { admitObject } from './admit-object.ts';
import { timestamp, type Cluster, type Writer } from './cluster.ts';
import { asKubeObject, requireValid, tidyMetadata, withManagedFields, withOwners } from './finish-object.ts';
import { requireNamespace } from './namespaces.ts';
import { alreadyExists, StatusError } from './status-error.ts';

export interface Creation {
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly body: JsonObject;
  readonly writer: Writer;
  /** Of a server-side apply, which settles ownership itself. */
  readonly owners?: readonly FieldOwner[];
}

export function createObject(cluster: Cluster, creation: Creation): KubeObject {
  const { type, namespace, writer, owners } = creation;
  if ((textAt(creation.body, 'metadata', 'resourceVersion') ?? '') !== '') {
    throw new StatusError('Unknown', 'resourceVersion should not be set on objects to be created');
  }
  const draft = withIdentity(cluster, creation);
  if (namespace !== undefined) requireNamespace(cluster, type, { namespace, name: textAt(draft, 'metadata', 'name') ?? '' });

  const defaulted = defaultObject(type, draft);
  const owned = owners === undefined ? withOwners({ cluster, type, writer }, defaulted, undefined) : withManagedFields(defaulted, owners);
  const admitted = asKubeObject(admitObject(type.id, owned));
  requireValid(type, admitted, undefined);
  if (cluster.store.get(type.id, { namespace, name: admitted.metadata.name }) !== undefined)
    throw alreadyExists(type, admitted.metadata.name);
  return writer.dryRun === true ? asKubeObject(dryRunResult(admitted)) : cluster.store.put(type.id, admitted);
}

/** The body with the metadata that only the server gives, and without what a client can't set at birth. */
function withIdentity(cluster: Cluster, { type, namespace, body }: Creation): JsonObject {
  const { clock, ids } = cluster;
  const asked = objectAt(body, 'metadata');
  const prefix = textAt(asked, 'generateName') ?? '';
  const name = textAt(asked, 'name') ?? '';
  const metadata = tidyMetadata({
    ...without(asked, 'deletionTimestamp', 'deletionGracePeriodSeconds', 'selfLink', 'generation'),
    name: name === '' && prefix !== '' ? `${prefix}${ids.suffix()}` : name,
    ...(namespace !== undefined && { namespace }),
    uid: ids.uid(),
    creationTimestamp: timestamp(clock),
    ...(type.generation !== 'never' && { generation: 1 }),
  });
  const rest = type.status ? without(body, 'status') : body;
  const named = { ...metadata, name: textAt(metadata, 'name') ?? '', resourceVersion: '0' };
  return { ...rest, apiVersion: apiVersionOf(type), kind: type.kind, metadata: named };
}

function dryRunResult(object: KubeObject): JsonObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: '' } };
}
