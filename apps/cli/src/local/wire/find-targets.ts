import { controllerKind, UpstreamError, type DiscoveredTarget, type SourceQuery } from '@fairlead/domain';
import type { ClusterAccess } from '../cluster-access.ts';
import { localCluster, openClusterPorts } from './cluster-ports.ts';

export interface FoundTargets {
  readonly found: readonly DiscoveredTarget[];
  /** What could not be looked for, and why. A controller that isn't installed is no gap: it delivers nothing. */
  readonly gaps: readonly { readonly kind: string; readonly reason: string }[];
}

/** Every Application and Kustomization in the cluster that delivers a folder, whoever made it. */
export async function findTargets(access: ClusterAccess, source: SourceQuery): Promise<FoundTargets> {
  const { delivery } = await openClusterPorts(access);
  const looks = await Promise.all(
    (['argocd', 'flux'] as const).map(async (controller): Promise<FoundTargets> => {
      try {
        return { found: await delivery[controller].discover(localCluster, source), gaps: [] };
      } catch (error) {
        if (!(error instanceof UpstreamError) || error.code === 'kubernetes-unreachable') throw error;
        if (error.code === 'kubernetes-not-found') return { found: [], gaps: [] };
        return { found: [], gaps: [{ kind: `${controllerKind[controller]}s`, reason: error.message }] };
      }
    }),
  );
  return { found: looks.flatMap(({ found }) => found), gaps: looks.flatMap(({ gaps }) => gaps) };
}
