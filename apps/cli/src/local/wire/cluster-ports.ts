import type { ClusterDryRun, EnginePorts } from '@fairlead/engine';
import type { ClusterAccess } from '../cluster-access.ts';

/** The name of a cluster that nobody declared. */
export const localCluster = 'kubeconfig';

export type ClusterPorts = Pick<EnginePorts, 'delivery' | 'cluster'> & { readonly dryRun: ClusterDryRun };

/** Every one of the names is the cluster that the command was pointed to. The clients are loaded only where there is a cluster to speak to. */
export async function openClusterPorts(
  { kubeconfig: path, context, allowExec }: ClusterAccess,
  names: readonly string[] = [],
): Promise<ClusterPorts> {
  const [{ kubernetesClusters }, { argoCdDelivery }, { fluxDelivery }] = await Promise.all([
    import('@fairlead/adapters/cluster/kubernetes'),
    import('@fairlead/adapters/delivery/argocd'),
    import('@fairlead/adapters/delivery/flux'),
  ]);
  const kubeconfig = { kind: 'file', path } as const;
  const clusters = kubernetesClusters({
    clusters: [...new Set([...names, localCluster])].map((name) => {
      return { name, kubeconfig, allowExec, ...(context === undefined ? {} : { context }) };
    }),
  });
  return { cluster: clusters, dryRun: clusters, delivery: { argocd: argoCdDelivery({ clusters }), flux: fluxDelivery({ clusters }) } };
}
