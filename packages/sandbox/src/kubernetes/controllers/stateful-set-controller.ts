import type { Cluster } from '../api/cluster.ts';
import type { JsonObject } from '../json/json.ts';
import { numberAt, objectAt, objectsAt, textAt } from '../json/json-path.ts';
import { controllerReference, type KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { nonZero, withStatus } from './conditions.ts';
import { controlledBy, objectController, type Controller } from './controller.ts';
import { replicasOf } from './deployment-replica-sets.ts';
import { isActive, isReady, isTerminating, podFrom } from './pods.ts';
import { templateHash } from './template-hash.ts';

const typeId = 'statefulsets.apps';
const pods = 'pods.';
const claims = 'persistentvolumeclaims.';
const revisions = 'controllerrevisions.apps';
const revisionLabel = 'controller-revision-hash';

export function statefulSetController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  return objectController(cluster.store, {
    typeId,
    related: controlledBy('StatefulSet'),
    reconcile: (set) => {
      if (isTerminating(set)) return undefined;
      const revision = ensureRevision(client, set);
      act(client, set, revision);
      report(client, set, revision);
      return undefined;
    },
  });
}

function ensureRevision(client: Client, set: KubeObject): string {
  const template = objectAt(set, 'spec', 'template');
  const { name, namespace } = set.metadata;
  const hash = templateHash(template);
  const revision = `${name}-${hash}`;
  if (client.get(revisions, namespace, revision) === undefined) {
    const known = client.controlled(revisions, set).map((other) => numberAt(other, 'revision') ?? 0);
    client.create(revisions, {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: revision,
        ...(namespace !== undefined && { namespace }),
        labels: { ...objectAt(template, 'metadata', 'labels'), [revisionLabel]: hash },
        ownerReferences: [controllerReference(set)],
      },
      data: { spec: { template: { ...template, $patch: 'replace' } } },
      revision: Math.max(0, ...known) + 1,
    });
  }
  return revision;
}

/** One step; unless told to go parallel, only from a state where everything before it serves. */
function act(client: Client, set: KubeObject, revision: string): void {
  const parallel = textAt(set, 'spec', 'podManagementPolicy') === 'Parallel';
  if (!grow(client, set, { revision, parallel })) return;
  const byOrdinal = [...podsOf(client, set)].sort(([left], [right]) => right - left);
  const surplus = byOrdinal.filter(([ordinal]) => ordinal >= replicasOf(set)).map(([, pod]) => pod);
  if (surplus.length === 0) replaceOutdated(client, set, { byOrdinal, revision });
  for (const pod of parallel ? surplus : surplus.slice(0, 1)) if (!isTerminating(pod)) client.remove(pods, pod);
}

/** Whether the pods wanted are there and, if order matters, serve. An outdated pod that doesn't serve holds up nothing: its replacement may. */
function grow(client: Client, set: KubeObject, { revision, parallel }: { readonly revision: string; readonly parallel: boolean }): boolean {
  const owned = podsOf(client, set);
  for (let ordinal = 0; ordinal < replicasOf(set); ordinal += 1) {
    const pod = owned.get(ordinal);
    if (pod === undefined) createPod(client, set, { ordinal, revision });
    const serves = pod !== undefined && !isTerminating(pod) && (isReady(pod) || isOutdated(pod, revision));
    if (!parallel && !serves) return false;
  }
  return true;
}

interface Replacing {
  readonly byOrdinal: readonly (readonly [number, KubeObject])[];
  readonly revision: string;
}

/** From the highest ordinal down, one at a time: the next when the one before serves again. */
function replaceOutdated(client: Client, set: KubeObject, { byOrdinal, revision }: Replacing): void {
  if (textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return;
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  for (const [ordinal, pod] of byOrdinal) {
    if (ordinal < partition || isTerminating(pod)) return;
    if (isOutdated(pod, revision)) {
      client.remove(pods, pod);
      return;
    }
    if (!isReady(pod)) return;
  }
}

function isOutdated(pod: KubeObject | undefined, revision: string): boolean {
  return pod !== undefined && !isTerminating(pod) && pod.metadata.labels?.[revisionLabel] !== revision;
}

function podsOf(client: Client, set: KubeObject): ReadonlyMap<number, KubeObject> {
  return new Map(client.controlled(pods, set).map((pod) => [Number(pod.metadata.name.slice(set.metadata.name.length + 1)), pod]));
}

function createPod(client: Client, set: KubeObject, { ordinal, revision }: { readonly ordinal: number; readonly revision: string }): void {
  const name = `${set.metadata.name}-${ordinal.toString()}`;
  const templates = objectsAt(set, 'spec', 'volumeClaimTemplates');
  for (const template of templates) ensureClaim(client, { set, template, pod: name });
  const labels = {
    'apps.kubernetes.io/pod-index': ordinal.toString(),
    'statefulset.kubernetes.io/pod-name': name,
    [revisionLabel]: revision,
  };
  const pod = podFrom({ owner: set, template: objectAt(set, 'spec', 'template'), naming: { name }, labels });
  const volumes = templates.map((template) => {
    const volume = textAt(template, 'metadata', 'name') ?? '';
    return { name: volume, persistentVolumeClaim: { claimName: `${volume}-${name}` } };
  });
  const named = volumes.map((volume) => volume.name);
  const others = objectsAt(pod, 'spec', 'volumes').filter((volume) => !named.includes(textAt(volume, 'name') ?? ''));
  const spec = { ...objectAt(pod, 'spec'), hostname: name, ...(volumes.length > 0 && { volumes: [...others, ...volumes] }) };
  const subdomain = textAt(set, 'spec', 'serviceName') ?? '';
  client.create(pods, { ...pod, spec: subdomain === '' ? spec : { ...spec, subdomain } });
}

interface Claim {
  readonly set: KubeObject;
  readonly template: JsonObject;
  readonly pod: string;
}

function ensureClaim(client: Client, { set, template, pod }: Claim): void {
  const { namespace } = set.metadata;
  const name = `${textAt(template, 'metadata', 'name') ?? ''}-${pod}`;
  if (client.get(claims, namespace, name) !== undefined) return;
  const labels = { ...objectAt(template, 'metadata', 'labels'), ...objectAt(set, 'spec', 'selector', 'matchLabels') };
  const metadata = { ...objectAt(template, 'metadata'), name, ...(namespace !== undefined && { namespace }), labels };
  client.create(claims, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: objectAt(template, 'spec') });
}

function report(client: Client, set: KubeObject, revision: string): void {
  const owned = client.controlled(pods, set).filter(isActive);
  const ready = owned.filter(isReady).length;
  const updated = owned.filter((pod) => !isOutdated(pod, revision)).length;
  const done = updated === owned.length && updated === replicasOf(set) && ready === updated;
  const before = textAt(set, 'status', 'currentRevision') ?? revision;
  const currentRevision = done ? revision : before;
  const current = owned.filter((pod) => pod.metadata.labels?.[revisionLabel] === currentRevision).length;
  client.updateStatus(
    typeId,
    withStatus(set, {
      observedGeneration: set.metadata.generation,
      replicas: owned.length,
      readyReplicas: nonZero(ready),
      availableReplicas: ready,
      currentReplicas: nonZero(current),
      updatedReplicas: nonZero(updated),
      currentRevision,
      updateRevision: revision,
      collisionCount: 0,
    }),
  );
}
