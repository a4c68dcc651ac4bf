import { createHash } from 'node:crypto';
import { bindPod } from '../api/bind-pod.ts';
import type { Cluster } from '../api/cluster.ts';
import { deleteObject } from '../api/delete-object.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { objectsAt, textAt } from '../json/json-path.ts';
import { controllerOf, type KubeObject } from '../resources/kube-object.ts';
import { podType } from '../resources/built-in-types.ts';
import { clientFor, type Client } from './client.ts';
import { withConditions, withStatus, type Condition } from './conditions.ts';
import { objectController, type Controller } from './controller.ts';
import { isTerminating } from './pods.ts';

const typeId = 'pods.';
const nodeName = 'node-1';

/** Schedules every pod to the one node and says that it runs. No container is started. */
export function kubelet(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kubelet');
  let addresses = 0;
  return objectController(cluster.store, {
    typeId,
    reconcile: (pod) => {
      if (isTerminating(pod)) end(cluster, pod);
      else if (textAt(pod, 'spec', 'nodeName') === undefined) bindPod(cluster, pod, nodeName);
      else if (textAt(pod, 'status', 'phase') === 'Running' && controllerOf(pod)?.kind === 'Job') finish(client, pod);
      else if (textAt(pod, 'status', 'phase') === 'Pending' && textAt(pod, 'status', 'startTime') === undefined) {
        addresses += 1;
        start(client, pod, `10.244.${Math.floor(addresses / 250).toString()}.${(1 + (addresses % 250)).toString()}`);
      }
      return undefined;
    },
  });
}

function end(cluster: Cluster, pod: KubeObject): void {
  const target = { type: podType, namespace: pod.metadata.namespace, name: pod.metadata.name };
  deleteObject(cluster, { target, uid: pod.metadata.uid, gracePeriodSeconds: 0 });
}

/** The annotation `test-cluster/ready: "false"` is how a test has a pod that never comes up. */
function start(client: Client, pod: KubeObject, address: string): void {
  const now = client.now();
  const ready = pod.metadata.annotations?.['test-cluster/ready'] !== 'false';
  const status = ready ? 'True' : 'False';
  const reason = ready ? {} : { reason: 'ContainersNotReady' };
  const conditions: readonly Condition[] = [
    { type: 'Initialized', status: 'True', lastProbeTime: null },
    { type: 'ContainersReady', status, lastProbeTime: null, ...reason },
    { type: 'Ready', status, lastProbeTime: null, ...reason },
  ];
  const initial = objectsAt(pod, 'spec', 'initContainers').map((container) => ended(pod, container, { now, exitCode: 0 }));
  client.updateStatus(
    typeId,
    withStatus(pod, {
      phase: ready ? 'Running' : 'Pending',
      conditions: withConditions(pod, conditions, now),
      hostIP: '127.0.0.1',
      hostIPs: [{ ip: '127.0.0.1' }],
      podIP: address,
      podIPs: [{ ip: address }],
      startTime: now,
      initContainerStatuses: initial.length > 0 ? initial : undefined,
      containerStatuses: objectsAt(pod, 'spec', 'containers').map((container) =>
        ready ? running(pod, container, now) : waiting(container),
      ),
    }),
  );
}

/** The annotation `test-cluster/exit: "1"` is how a test has a job that fails. */
function finish(client: Client, pod: KubeObject): void {
  const now = client.now();
  const exitCode = pod.metadata.annotations?.['test-cluster/exit'] === '1' ? 1 : 0;
  const done = { status: 'False', lastProbeTime: null, reason: 'PodCompleted' } as const;
  client.updateStatus(
    typeId,
    withStatus(pod, {
      phase: exitCode === 0 ? 'Succeeded' : 'Failed',
      conditions: withConditions(
        pod,
        [
          { type: 'Ready', ...done },
          { type: 'ContainersReady', ...done },
        ],
        now,
      ),
      containerStatuses: objectsAt(pod, 'spec', 'containers').map((container) => ended(pod, container, { now, exitCode })),
    }),
  );
}

function running(pod: KubeObject, container: JsonObject, now: string): Json {
  const state = { running: { startedAt: now } };
  return { ...identity(container), containerID: containerId(pod), ready: true, started: true, state };
}

function waiting(container: JsonObject): Json {
  const { image } = identity(container);
  const state = { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image ${image}` } };
  return { ...identity(container), imageID: '', ready: false, started: false, state };
}

function ended(pod: KubeObject, container: JsonObject, { now, exitCode }: { readonly now: string; readonly exitCode: number }): Json {
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  const terminated = { exitCode, reason, startedAt: pod.metadata.creationTimestamp, finishedAt: now, containerID: containerId(pod) };
  return { ...identity(container), containerID: containerId(pod), ready: exitCode === 0, started: false, state: { terminated } };
}

interface ContainerIdentity extends JsonObject {
  readonly image: string;
}

function identity(container: JsonObject): ContainerIdentity {
  const image = textAt(container, 'image') ?? '';
  return { name: textAt(container, 'name') ?? '', image, imageID: imageId(image), lastState: {}, restartCount: 0 };
}

function containerId(pod: KubeObject): string {
  return `containerd://${pod.metadata.uid}`;
}

/** The repository and digest that run. A tag has no digest here, so it gets one that only its text decides. */
export function imageId(image: string): string {
  const [reference = '', digest] = image.split('@');
  const repository = reference.replace(/:[^/:]+$/, '');
  return `${repository}@${digest ?? `sha256:${createHash('sha256').update(image).digest('hex')}`}`;
}
