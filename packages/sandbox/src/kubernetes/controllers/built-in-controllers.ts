import type { Cluster } from '../api/cluster.ts';
import type { Controller } from './controller.ts';
import { deploymentController } from './deployment-controller.ts';
import { kubelet } from './kubelet.ts';
import { replicaSetController } from './replica-set-controller.ts';

export function builtInControllers(cluster: Cluster): readonly Controller[] {
  return [deploymentController, replicaSetController, kubelet].map((controller) => controller(cluster));
}
