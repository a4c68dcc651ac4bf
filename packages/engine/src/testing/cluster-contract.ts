import { NotFoundError } from '@fairlead/domain';
import { clusterListingCases } from './cluster-listing-cases.ts';
import { clusterWatchingCases } from './cluster-watching-cases.ts';
import { scopeOf, type ClusterWorld } from './cluster-world.ts';
import type { Contract } from './contract.ts';

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof NotFoundError ? error.code : String(error)),
  );
}

/** What a `Cluster` shows of an API server, the sandbox's and a real one. */
export const clusterContract: Contract<ClusterWorld> = {
  ...clusterListingCases,
  ...clusterWatchingCases,
  'does not know a cluster that the installation does not have': async (world, equal) => {
    const scope = scopeOf(world, { cluster: 'away' });

    const codes = await Promise.all([
      codeOf(world.cluster.servedKinds('away')),
      codeOf(world.cluster.customSchemas('away')),
      codeOf(world.cluster.listObjects(scope, () => undefined)),
      codeOf(world.cluster.watchObjects(scope, () => undefined)),
      codeOf(world.cluster.liveContainers('away', [world.namespace])),
    ]);

    equal(new Set(codes), new Set(['cluster-unknown']));
  },
};
