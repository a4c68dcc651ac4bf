import type { Cluster } from '../api/cluster.ts';
import { textAt } from '../json/json-path.ts';
import type { Json } from '../json/json.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { clientFor, type Client } from './client.ts';
import { withConditions, withStatus } from './conditions.ts';
import { objectController, type Controller } from './controller.ts';
import { claimController } from './claim-controller.ts';
import { isTerminating } from './pods.ts';

/** For kinds whose controller lives outside a cluster in part: a load balancer, a disk. They get their answer at once. */
export function statusControllers(cluster: Cluster): readonly Controller[] {
  return [
    answering(cluster, { typeId: 'ingresses.networking.k8s.io', manager: 'nginx-ingress-controller', answer: balanced }),
    answering(cluster, { typeId: 'services.', manager: 'cloud-controller-manager', answer: balancedService }),
    claimController(cluster),
    answering(cluster, { typeId: 'nodes.', manager: 'kubelet', answer: nodeReady }),
    answering(cluster, { typeId: 'apiservices.apiregistration.k8s.io', manager: 'kube-apiserver', answer: available }),
  ];
}

interface Answering {
  readonly typeId: string;
  readonly manager: string;
  /** Undefined: nothing to say about this one. */
  readonly answer: (object: KubeObject, now: string) => KubeObject | undefined;
}

function answering(cluster: Cluster, { typeId, manager, answer }: Answering): Controller {
  const client: Client = clientFor(cluster, manager);
  return objectController(cluster.store, {
    typeId,
    reconcile: (object) => {
      const next = isTerminating(object) ? undefined : answer(object, client.now());
      if (next !== undefined) client.updateStatus(typeId, next);
      return undefined;
    },
  });
}

const loadBalancer: Json = { ingress: [{ ip: '127.0.0.1' }] };

function balanced(ingress: KubeObject): KubeObject {
  return withStatus(ingress, { loadBalancer });
}

function balancedService(service: KubeObject): KubeObject | undefined {
  return textAt(service, 'spec', 'type') === 'LoadBalancer' ? withStatus(service, { loadBalancer }) : undefined;
}

function nodeReady(node: KubeObject, now: string): KubeObject | undefined {
  if (node['status'] !== undefined) return undefined;
  const times = { lastHeartbeatTime: now, lastTransitionTime: now };
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status', ...times };
  return withStatus(node, { conditions: [ready], nodeInfo: { kubeletVersion: 'v1.36.1' } });
}

/** Nobody asks what stands behind it. */
function available(service: KubeObject, now: string): KubeObject {
  const condition = { type: 'Available', status: 'True', reason: 'Passed', message: 'all checks passed' } as const;
  return withStatus(service, { conditions: withConditions(service, [condition], now) });
}
