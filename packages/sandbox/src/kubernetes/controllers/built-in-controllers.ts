import type { Cluster } from '../api/cluster.ts';
import { autoscalerController } from './autoscaler-controller.ts';
import type { Controller } from './controller.ts';
import { customResourceController } from './custom-resource-controller.ts';
import { daemonSetController } from './daemon-set-controller.ts';
import { definitionController } from './definition-controller.ts';
import { deploymentController } from './deployment-controller.ts';
import { disruptionController } from './disruption-controller.ts';
import { endpointsController } from './endpoints-controller.ts';
import { externalSecretController } from './external-secret-controller.ts';
import { garbageCollector } from './garbage-collector.ts';
import { jobController } from './job-controller.ts';
import { kubelet } from './kubelet.ts';
import { namespaceController } from './namespace-controller.ts';
import { replicaSetController } from './replica-set-controller.ts';
import { statefulSetController } from './stateful-set-controller.ts';
import { statusControllers } from './status-controllers.ts';

export function builtInControllers(cluster: Cluster): readonly Controller[] {
  const each = [
    namespaceController,
    definitionController,
    deploymentController,
    replicaSetController,
    statefulSetController,
    daemonSetController,
    jobController,
    kubelet,
    garbageCollector,
    endpointsController,
    autoscalerController,
    disruptionController,
    externalSecretController,
    customResourceController,
  ];
  return [...each.map((controller) => controller(cluster)), ...statusControllers(cluster)];
}
