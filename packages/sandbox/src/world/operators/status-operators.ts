import { listAt, numberAt, type JsonObject } from '../../json/json.ts';
import { conditionOf } from '../../kube/conditions.ts';
import { objectPath } from '../../kube/discovery.ts';
import type { KubeRequest } from '../../kube/kube-client.ts';
import { nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { timestamp } from '../../kube/timestamp.ts';
import type { Operator } from './operator.ts';

type Kind = Operator['type'];

export function statusPatch(type: Kind, object: KubeObject, status: JsonObject): KubeRequest {
  const path = `${objectPath({ ...type, verbs: [] }, namespaceOf(object), nameOf(object))}/status`;
  return { verb: 'PATCH', path, body: { status }, contentType: 'application/merge-patch+json' };
}

/** Finds that whatever is asked for is done. */
function readyOperator(manager: string, type: Kind): Operator {
  return {
    manager,
    type,
    answer: (object) => {
      const observedGeneration = numberAt(object.metadata, 'generation') ?? 1;
      const isSaid = numberAt(object, 'status', 'observedGeneration') === observedGeneration;
      if (isSaid && conditionOf(object, 'Ready') !== undefined) return [];
      return [statusPatch(type, object, { observedGeneration, conditions: [ready('Reconciled', 'it is done')] })];
    },
  };
}

export function ready(reason: string, message: string): JsonObject {
  return { type: 'Ready', status: 'True', reason, message, lastTransitionTime: timestamp(new Date()) };
}

export const secretStoreOperator = readyOperator('external-secrets', {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterSecretStore',
  plural: 'clustersecretstores',
  namespaced: false,
});

/** Of the example's own kind. */
export const gpuPoolOperator = readyOperator('platform-operator', {
  apiVersion: 'platform.example.com/v1alpha1',
  kind: 'GPUPool',
  plural: 'gpupools',
  namespaced: true,
});

const ingresses: Kind = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', plural: 'ingresses', namespaced: true };

export const ingressOperator: Operator = {
  manager: 'nginx-ingress-controller',
  type: ingresses,
  answer: (object) =>
    listAt(object, 'status', 'loadBalancer', 'ingress').length > 0
      ? []
      : [statusPatch(ingresses, object, { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } })],
};
