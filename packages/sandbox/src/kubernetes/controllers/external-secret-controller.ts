import { randomBytes } from 'node:crypto';
import type { Cluster } from '../api/cluster.ts';
import type { JsonObject } from '../json/json.ts';
import { objectAt, objectsAt, textAt } from '../json/json-path.ts';
import { controllerReference, type KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { withConditions, withStatus } from './conditions.ts';
import { controlledBy, objectController, type Controller } from './controller.ts';
import { isTerminating } from './pods.ts';

const typeId = 'externalsecrets.external-secrets.io';

/** Makes the Secret that an ExternalSecret asks for, with values that no one knows. */
export function externalSecretController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'external-secrets');
  return objectController(cluster.store, {
    typeId,
    related: controlledBy('ExternalSecret'),
    reconcile: (external) => {
      if (!isTerminating(external)) sync(client, external);
      return undefined;
    },
  });
}

function sync(client: Client, external: KubeObject): void {
  const { namespace, generation } = external.metadata;
  const name = textAt(external, 'spec', 'target', 'name') ?? external.metadata.name;
  const wanted = objectsAt(external, 'spec', 'data').map((entry) => textAt(entry, 'secretKey') ?? '');
  const present = client.get('secrets.', namespace, name);
  const known = objectAt(present, 'data');
  const data: JsonObject = Object.fromEntries(wanted.map((key) => [key, known[key] ?? randomBytes(24).toString('base64')]));
  const complete = present !== undefined && wanted.every((key) => Object.hasOwn(known, key));

  if (present === undefined) client.create('secrets.', secretFor(external, name, data));
  else if (!complete) client.update('secrets.', { ...present, data });
  const synced = { type: 'Ready', status: 'True', reason: 'SecretSynced', message: 'secret synced' } as const;
  const refreshed = complete ? textAt(external, 'status', 'refreshTime') : undefined;
  client.updateStatus(
    typeId,
    withStatus(external, {
      binding: { name },
      conditions: withConditions(external, [synced], client.now()),
      refreshTime: refreshed ?? client.now(),
      syncedResourceVersion: `${(generation ?? 1).toString()}-${external.metadata.uid.slice(0, 8)}`,
    }),
  );
}

function secretFor(external: KubeObject, name: string, data: JsonObject): JsonObject {
  const { namespace } = external.metadata;
  const template = objectAt(external, 'spec', 'target', 'template');
  const owned = textAt(external, 'spec', 'target', 'creationPolicy') !== 'Orphan';
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: { ...objectAt(template, 'metadata', 'labels'), 'reconcile.external-secrets.io/managed': 'true' },
      ...(owned && { ownerReferences: [controllerReference(external)] }),
    },
    type: textAt(template, 'type') ?? 'Opaque',
    data,
  };
}
