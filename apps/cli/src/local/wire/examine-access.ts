import type { AccessQuestion, ClusterExamination } from '@fairlead/adapters/cluster/kubernetes';
import type { ClusterRight } from '@fairlead/domain';
import type { ClusterAccess } from '../cluster-access.ts';

export type { AccessQuestion, ClusterExamination };

/** How the cluster that a command was pointed to looks to whoever the kubeconfig signs in. */
export async function examineAccess(access: ClusterAccess, rights: readonly ClusterRight[]): Promise<ClusterExamination> {
  const { kubernetesClusters } = await import('@fairlead/adapters/cluster/kubernetes');
  const { kubeconfig: path, context, allowExec } = access;
  const cluster = {
    name: 'kubeconfig',
    kubeconfig: { kind: 'file', path },
    allowExec,
    ...(context === undefined ? {} : { context }),
  } as const;
  return kubernetesClusters({ clusters: [cluster] }).examine(cluster.name, rights);
}
