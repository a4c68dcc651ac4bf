import type { Cluster } from '../api/cluster.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { isPreinstalled } from '../resources/preinstalled-definitions.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { clientFor } from './client.ts';
import { withConditions, withStatus } from './conditions.ts';
import type { Controller } from './controller.ts';
import { isTerminating } from './pods.ts';

const stores = ['secretstores.external-secrets.io', 'clustersecretstores.external-secrets.io'];

/** The operator of every kind that an example brings along, and of secret stores: it finds whatever is asked to be done. */
export function customResourceController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'sandbox-operator');
  return {
    keys: ({ typeId, object }) => [`${typeId} ${object.metadata.uid}`],
    reconcile: (key) => {
      const [typeId = '', uid = ''] = key.split(' ');
      const object = cluster.store.byUid(uid);
      if (object === undefined || isTerminating(object) || !isOurs(cluster, typeId)) return undefined;
      client.updateStatus(typeId, ready(object, conditionsSaid[typeId] ?? 'Ready', client.now()));
      return undefined;
    },
  };
}

function isOurs({ registry }: Cluster, typeId: string): boolean {
  const type: ResourceType | undefined = registry.all().find(({ id }) => id === typeId);
  if (type?.origin !== 'definition' || !type.status) return false;
  return stores.includes(typeId) || !isPreinstalled(type.group);
}

/** Where Argo CD looks for another. */
const conditionsSaid: Readonly<Record<string, string>> = { 'sealedsecrets.bitnami.com': 'Synced' };

function ready(object: KubeObject, type: string, now: string): KubeObject {
  const generation = object.metadata.generation ?? 1;
  const condition = {
    type,
    status: 'True',
    reason: 'Reconciled',
    message: 'the sandbox did what was asked',
    observedGeneration: generation,
  } as const;
  return withStatus(object, { observedGeneration: generation, conditions: withConditions(object, [condition], now) });
}
