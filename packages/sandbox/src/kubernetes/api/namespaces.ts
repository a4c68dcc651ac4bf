import { textAt } from '../json/json-path.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { Cluster } from './cluster.ts';
import { resourceDetails, StatusError, forbidden } from './status-error.ts';

const namespaces = 'namespaces.';

/** Nothing is created in a namespace that doesn't exist or is going away. */
export function requireNamespace({ store }: Cluster, type: ResourceType, key: { readonly namespace: string; readonly name: string }): void {
  const found = store.get(namespaces, { namespace: undefined, name: key.namespace });
  if (found === undefined) {
    throw new StatusError('NotFound', `namespaces "${key.namespace}" not found`, { name: key.namespace, kind: 'namespaces' });
  }
  if (textAt(found, 'metadata', 'deletionTimestamp') === undefined) return;

  const because = `unable to create new content in namespace ${key.namespace} because it is being terminated`;
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${key.namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  const { message } = forbidden(type, key.name, because);
  throw new StatusError('Forbidden', message, { ...resourceDetails(type, key.name), causes: [cause] });
}
