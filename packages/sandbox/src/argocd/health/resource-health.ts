import { textAt } from '../../json/json.ts';
import { annotationOf, groupOf, type KubeObject } from '../../kube/kube-object.ts';
import {
  apiServiceHealth,
  autoscalerHealth,
  byCondition,
  childApplicationHealth,
  certificateHealth,
  cronJobHealth,
  definitionHealth,
  disruptionBudgetHealth,
  sealedSecretHealth,
} from './condition-health.ts';
import { progressing, type Health } from './health.ts';
import { claimHealth, ingressHealth, serviceHealth } from './network-health.ts';
import { podHealth } from './pod-health.ts';
import { daemonSetHealth, deploymentHealth, jobHealth, replicaSetHealth, statefulSetHealth } from './workload-health.ts';

const ready = byCondition('Ready');

const checks: Readonly<Record<string, (object: KubeObject) => Health | undefined>> = {
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
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'policy/PodDisruptionBudget': disruptionBudgetHealth,
  'apiregistration.k8s.io/APIService': apiServiceHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
  'argoproj.io/Application': childApplicationHealth,
  'external-secrets.io/ExternalSecret': ready,
  'external-secrets.io/ClusterExternalSecret': ready,
  'external-secrets.io/SecretStore': ready,
  'external-secrets.io/ClusterSecretStore': ready,
  'external-secrets.io/PushSecret': ready,
  'cert-manager.io/Certificate': certificateHealth,
  'cert-manager.io/Issuer': ready,
  'cert-manager.io/ClusterIssuer': ready,
  'bitnami.com/SealedSecret': sealedSecretHealth,
};

/** Health as Argo CD's built-in checks see it; undefined for kinds that have none, which then don't count. */
export function resourceHealth(live: KubeObject): Health | undefined {
  if (textAt(live.metadata, 'deletionTimestamp') !== undefined && annotationOf(live, 'argocd.argoproj.io/hook') === undefined) {
    return progressing('Pending deletion');
  }
  return checks[`${groupOf(live.apiVersion)}/${live.kind}`]?.(live);
}
