import type { Json } from '../json/json.ts';

const statuses: Readonly<Record<string, Json>> = {
  'deployments.apps': {},
  'replicasets.apps': { replicas: 0 },
  'statefulsets.apps': { replicas: 0, availableReplicas: 0 },
  'daemonsets.apps': { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  'jobs.batch': {},
  'cronjobs.batch': {},
  'ingresses.networking.k8s.io': { loadBalancer: {} },
  'services.': { loadBalancer: {} },
  'namespaces.': { phase: 'Active' },
  'persistentvolumeclaims.': { phase: 'Pending' },
  'resourcequotas.': {},
  'horizontalpodautoscalers.autoscaling': { currentMetrics: null, desiredReplicas: 0 },
  'poddisruptionbudgets.policy': { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  'customresourcedefinitions.apiextensions.k8s.io': { acceptedNames: { kind: '', plural: '' }, conditions: null, storedVersions: [] },
};

/** The status that an object of this resource is born with: what Go writes of an empty one. */
export function initialStatus(typeId: string): Json | undefined {
  return statuses[typeId];
}
