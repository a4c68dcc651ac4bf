import { type KubeObject } from '../../kube/kube-object.ts';
import { targetClusterOf, type TargetCluster } from '../apply/target-cluster.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { kustomizeGroup } from './flux-kustomization.ts';

/** The cluster with the rights and in the name of a Kustomization. */
export function kustomizeTarget(context: FluxContext, kustomization: KubeObject): TargetCluster {
  return targetClusterOf(context, kustomization, { field: 'kustomize-controller', group: kustomizeGroup });
}
