import { listAt, objectAt, textAt } from '../../json/json.ts';
import { conditionOf } from '../../kube/conditions.ts';
import { nameOf, namespaceOf, uidOf } from '../../kube/kube-object.ts';
import { timestamp } from '../../kube/timestamp.ts';
import { definitionOf, type DefinedKind } from '../../kubernetes/resources/preinstalled-definitions.ts';
import type { JsonObject } from '../../json/json.ts';
import type { Operator } from './operator.ts';

const kind = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  kind: 'PodMetrics',
  plural: 'pods',
  status: false,
} as const satisfies DefinedKind;

/** A definition serves an autoscaler as well as the aggregated API that a cluster usually has. Its group is one that only Kubernetes itself may define, unless a definition says so. */
export const podMetricsDefinition: JsonObject = {
  ...definitionOf(kind),
  metadata: { name: `${kind.plural}.${kind.group}`, annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' } },
};

/** Pods do next to nothing. Without a word of that, an autoscaler is as good as broken. */
export const podMetricsOperator: Operator = {
  manager: 'metrics-server',
  type: { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  answer: (pod) => {
    if (conditionOf(pod, 'Ready')?.status !== 'True') return [];
    const namespace = namespaceOf(pod);
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Pod', name: nameOf(pod), uid: uidOf(pod) }];
    const body = {
      apiVersion: `${kind.group}/${kind.version}`,
      kind: kind.kind,
      metadata: { name: nameOf(pod), namespace, labels: objectAt(pod.metadata, 'labels'), ownerReferences },
      // An autoscaler believes nothing that was measured before the pod was ready.
      timestamp: timestamp(new Date(Date.now() + 1000)),
      window: '0s',
      containers: listAt(pod, 'spec', 'containers').map((one) => ({
        name: textAt(one, 'name') ?? '',
        usage: { cpu: '1m', memory: '1Mi' },
      })),
    };
    return [{ verb: 'POST', path: `/apis/${kind.group}/${kind.version}/namespaces/${namespace}/${kind.plural}`, body }];
  },
};
