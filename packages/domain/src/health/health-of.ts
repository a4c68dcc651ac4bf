import { fieldAt, textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { isNativeGroup } from '../drift/native-kinds.ts';
import { childApplicationHealth, rolloutHealth, workflowHealth } from './argo-health.ts';
import { apiServiceHealth, autoscalerHealth, definitionHealth, disruptionBudgetHealth } from './cluster-health.ts';
import {
  anyKindHealth,
  byCondition,
  certificateHealth,
  clusterSecretHealth,
  fluxHealth,
  helmRepositoryHealth,
  sealedSecretHealth,
} from './condition-health.ts';
import { health, type Health } from './health.ts';
import { cronJobHealth, jobHealth } from './job-health.ts';
import { claimHealth, ingressHealth, serviceHealth } from './network-health.ts';
import { podHealth } from './pod-health.ts';
import { daemonSetHealth, deploymentHealth, replicaSetHealth, statefulSetHealth } from './workload-health.ts';

/** The health of one live object, by its own words: equal to what Argo CD's built-in checks say of the kinds that it has checks for, with the usual conditions for
 *  the others. Without hooks: a hook's end is its operation's business. */
export function healthOf(object: JsonObject): Health {
  if (fieldAt(object, 'metadata', 'deletionTimestamp') !== undefined) return health('Progressing', 'it is being deleted');
  const { group, kind } = objectRefOf(object);
  const check = checks[`${group}/${kind}`];
  if (check !== undefined) return check(object);
  if (group.endsWith('.toolkit.fluxcd.io')) return flux(object);
  return isNativeGroup(group) ? health('Healthy') : anyKindHealth(object);
}

/** Whether its health counts for its application's: an object may ask to be left out. */
export function countsForHealth(object: JsonObject): boolean {
  return textAt(object, 'metadata', 'annotations', 'argocd.argoproj.io/ignore-healthcheck') !== 'true';
}

const ready = byCondition('Ready');
const source = fluxHealth(['ArtifactInStorage']);
const flux = fluxHealth([]);

const checks: Readonly<Record<string, ((object: JsonObject) => Health) | undefined>> = {
  'apps/Deployment': deploymentHealth,
  'apps/StatefulSet': statefulSetHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/ReplicaSet': replicaSetHealth,
  'batch/Job': jobHealth,
  'batch/CronJob': cronJobHealth,
  '/Pod': podHealth,
  '/Service': serviceHealth,
  '/PersistentVolumeClaim': claimHealth,
  'networking.k8s.io/Ingress': ingressHealth,
  'extensions/Ingress': ingressHealth,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'policy/PodDisruptionBudget': disruptionBudgetHealth,
  'apiregistration.k8s.io/APIService': apiServiceHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
  'argoproj.io/Workflow': workflowHealth,
  'argoproj.io/Rollout': rolloutHealth,
  'argoproj.io/Application': childApplicationHealth,
  'external-secrets.io/ExternalSecret': ready,
  'external-secrets.io/ClusterExternalSecret': clusterSecretHealth,
  'external-secrets.io/SecretStore': ready,
  'external-secrets.io/ClusterSecretStore': ready,
  'external-secrets.io/PushSecret': ready,
  'cert-manager.io/Certificate': certificateHealth,
  'cert-manager.io/Issuer': ready,
  'cert-manager.io/ClusterIssuer': ready,
  'bitnami.com/SealedSecret': sealedSecretHealth,
  'helm.toolkit.fluxcd.io/HelmRelease': fluxHealth(['Released']),
  'source.toolkit.fluxcd.io/GitRepository': source,
  'source.toolkit.fluxcd.io/OCIRepository': source,
  'source.toolkit.fluxcd.io/Bucket': source,
  'source.toolkit.fluxcd.io/HelmChart': source,
  'source.toolkit.fluxcd.io/HelmRepository': helmRepositoryHealth,
};
