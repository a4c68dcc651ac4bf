import { objectsAt, withAt } from '../json/json-path.ts';
import { podType } from '../resources/built-in-types.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { timestamp, type Cluster } from './cluster.ts';

/** Gives a pod its node. As on the real server this is its own endpoint, and nobody's name is recorded for the fields. */
export function bindPod({ store, clock }: Cluster, pod: KubeObject, nodeName: string): void {
  const scheduled = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: timestamp(clock) };
  const conditions = [...objectsAt(pod, 'status', 'conditions'), scheduled];
  const bound = { ...pod, spec: withAt(pod['spec'], ['nodeName'], nodeName), status: withAt(pod['status'], ['conditions'], conditions) };
  store.put(podType.id, bound);
}
