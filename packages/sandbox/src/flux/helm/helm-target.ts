import { type KubeObject } from '../../kube/kube-object.ts';
import { targetClusterOf, type TargetCluster } from '../apply/target-cluster.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { helmGroup } from './helm-release.ts';

/** The cluster with the rights and in the name of a HelmRelease. */
export function helmTarget(context: FluxContext, release: KubeObject): TargetCluster {
  return targetClusterOf(context, release, { field: 'helm-controller', group: helmGroup });
}
