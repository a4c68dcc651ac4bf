import type { Cluster } from '../api/cluster.ts';
import { objectAt, textAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { nonZero, withStatus } from './conditions.ts';
import { controlledBy, objectController, type Controller } from './controller.ts';
import { isActive, isReady, isTerminating, podFrom } from './pods.ts';
import { templateHash } from './template-hash.ts';

const typeId = 'daemonsets.apps';
const pods = 'pods.';
const revisionLabel = 'controller-revision-hash';

/** One pod for the one node; a changed template replaces it. */
export function daemonSetController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  return objectController(cluster.store, {
    typeId,
    related: controlledBy('DaemonSet'),
    reconcile: (set) => {
      if (isTerminating(set)) return undefined;
      const hash = templateHash(objectAt(set, 'spec', 'template'));
      act(client, set, hash);
      report(client, set, hash);
      return undefined;
    },
  });
}

function act(client: Client, set: KubeObject, hash: string): void {
  const owned = client.controlled(pods, set);
  const rolling = textAt(set, 'spec', 'updateStrategy', 'type') !== 'OnDelete';
  for (const pod of owned.filter(isActive)) if (rolling && !isOf(pod, hash)) client.remove(pods, pod);
  if (client.controlled(pods, set).length > 0) return;
  const naming = { generateName: `${set.metadata.name}-` };
  client.create(pods, podFrom({ owner: set, template: objectAt(set, 'spec', 'template'), naming, labels: { [revisionLabel]: hash } }));
}

function isOf(pod: KubeObject, hash: string): boolean {
  return pod.metadata.labels?.[revisionLabel] === hash;
}

function report(client: Client, set: KubeObject, hash: string): void {
  const owned = client.controlled(pods, set).filter(isActive);
  const ready = owned.filter(isReady).length;
  client.updateStatus(
    typeId,
    withStatus(set, {
      observedGeneration: set.metadata.generation,
      currentNumberScheduled: owned.length,
      desiredNumberScheduled: 1,
      numberMisscheduled: 0,
      numberReady: ready,
      numberAvailable: nonZero(ready),
      numberUnavailable: nonZero(1 - ready),
      updatedNumberScheduled: nonZero(owned.filter((pod) => isOf(pod, hash)).length),
    }),
  );
}
