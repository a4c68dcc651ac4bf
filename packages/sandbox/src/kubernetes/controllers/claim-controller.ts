import { claimProtection } from '../api/admit-object.ts';
import type { Cluster } from '../api/cluster.ts';
import { objectAt, objectsAt, textAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { withStatus } from './conditions.ts';
import { objectController, type Controller, type ObjectKey } from './controller.ts';
import { isTerminating } from './pods.ts';

const typeId = 'persistentvolumeclaims.';

/** Binds every claim to a disk that isn't there, and lets go of one that no pod uses any more. */
export function claimController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  return objectController(cluster.store, {
    typeId,
    related: (object, event) => (event.typeId === 'pods.' ? claimsOf(object) : []),
    reconcile: (claim) => {
      if (isTerminating(claim)) release(client, claim);
      else bind(client, claim);
      return undefined;
    },
  });
}

function claimsOf(pod: KubeObject): readonly ObjectKey[] {
  return objectsAt(pod, 'spec', 'volumes').flatMap((volume) => {
    const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
    return name === undefined ? [] : [{ namespace: pod.metadata.namespace, name }];
  });
}

function release(client: Client, claim: KubeObject): void {
  const { name, namespace, finalizers = [] } = claim.metadata;
  const inUse = client.list('pods.', namespace).some((pod) => claimsOf(pod).some((used) => used.name === name));
  if (inUse || !finalizers.includes(claimProtection)) return;
  const left = finalizers.filter((finalizer) => finalizer !== claimProtection);
  client.update(typeId, { ...claim, metadata: { ...claim.metadata, finalizers: left } });
}

function bind(client: Client, claim: KubeObject): void {
  const accessModes = objectAt(claim, 'spec')['accessModes'] ?? [];
  const capacity = objectAt(claim, 'spec', 'resources', 'requests');
  client.updateStatus(typeId, withStatus(claim, { phase: 'Bound', accessModes, capacity }));
}
