import type { Cluster } from '../api/cluster.ts';
import { updateObject } from '../api/update-object.ts';
import type { JsonObject } from '../json/json.ts';
import { listAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { objectController, type Controller } from './controller.ts';
import { isTerminating } from './pods.ts';

const typeId = 'namespaces.';

/** Gives a new namespace what every namespace has, and empties one that is going away. */
export function namespaceController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  return objectController(cluster.store, {
    typeId,
    related: ({ metadata }) => (metadata.namespace === undefined ? [] : [{ namespace: undefined, name: metadata.namespace }]),
    reconcile: (namespace) => {
      if (isTerminating(namespace)) empty(cluster, client, namespace);
      else furnishNamespace(client, namespace.metadata.name);
      return undefined;
    },
  });
}

function furnishNamespace(client: Client, namespace: string): void {
  for (const [typeId, body] of furniture(namespace)) {
    if (client.get(typeId, namespace, body.metadata.name) === undefined) client.create(typeId, body);
  }
}

interface Named extends JsonObject {
  readonly metadata: JsonObject & { readonly name: string };
}

function furniture(namespace: string): readonly (readonly [string, Named])[] {
  const description = 'Contains a CA bundle. The sandbox speaks plain HTTP, so nothing is verified with it.';
  const annotations = { 'kubernetes.io/description': description };
  return [
    ['serviceaccounts.', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } }],
    [
      'configmaps.',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt', namespace, annotations }, data: { 'ca.crt': '' } },
    ],
  ];
}

function empty(cluster: Cluster, client: Client, namespace: KubeObject): void {
  const { name } = namespace.metadata;
  const content = cluster.store.everything().filter(([, object]) => object.metadata.namespace === name);
  for (const [contentType, object] of content) if (!isTerminating(object)) client.remove(contentType, object);
  const left = cluster.store.everything().some(([, object]) => object.metadata.namespace === name);
  if (left || listAt(namespace, 'spec', 'finalizers').length === 0) return;

  const type = cluster.registry.byKind('v1', 'Namespace');
  if (type === undefined) return;
  updateObject(cluster, {
    target: { type, namespace: undefined, name },
    writer: { manager: 'kube-controller-manager' },
    subresource: 'finalize',
    propose: (current) => ({ object: { ...current, spec: { finalizers: [] } } }),
  });
}
