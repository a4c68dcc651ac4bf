import type { Cluster } from '../api/cluster.ts';
import { objectAt, objectsAt, textAt, flagAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { withConditions, withStatus } from './conditions.ts';
import { objectController, type Controller } from './controller.ts';
import { isTerminating } from './pods.ts';

const typeId = 'customresourcedefinitions.apiextensions.k8s.io';

/** Says that a definition is served, and clears its objects away before it goes. */
export function definitionController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-apiserver');
  return objectController(cluster.store, {
    typeId,
    related: (_object, event) => {
      // `<plural>.<group>` is both the id of a custom resource and the name of its definition.
      return event.kind === 'DELETED' && !event.typeId.endsWith('.') ? [{ namespace: undefined, name: event.typeId }] : [];
    },
    reconcile: (definition) => {
      if (isTerminating(definition)) clear(client, definition);
      else establish(client, definition);
      return undefined;
    },
  });
}

function establish(client: Client, definition: KubeObject): void {
  const now = client.now();
  const names = { reason: 'NoConflicts', message: 'no conflicts found' };
  const established = { reason: 'InitialNamesAccepted', message: 'the initial names have been accepted' };
  const stored = objectsAt(definition, 'spec', 'versions').filter((version) => flagAt(version, 'storage'));
  client.updateStatus(
    typeId,
    withStatus(definition, {
      acceptedNames: objectAt(definition, 'spec', 'names'),
      conditions: withConditions(
        definition,
        [
          { type: 'NamesAccepted', status: 'True', ...names },
          { type: 'Established', status: 'True', ...established },
        ],
        now,
      ),
      storedVersions: stored.map((version) => textAt(version, 'name') ?? ''),
    }),
  );
}

function clear(client: Client, definition: KubeObject): void {
  const objects = client.list(definition.metadata.name);
  for (const object of objects) if (!isTerminating(object)) client.remove(definition.metadata.name, object);
  if (client.list(definition.metadata.name).length > 0) return;
  client.update(typeId, { ...definition, metadata: { ...definition.metadata, finalizers: [] } });
}
