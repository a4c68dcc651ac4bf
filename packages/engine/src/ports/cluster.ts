import type { DeliveryTarget, LiveInventory } from '@fairlead/domain';

/** Live state of a cluster, read only. Throws `NotFoundError` (`cluster-unknown`) for a name that the installation doesn't have. */
export interface Cluster {
  /** Containers of the running pods in the namespaces. */
  liveContainers(cluster: string, namespaces: readonly string[]): Promise<LiveInventory>;
  /** The installation's cluster that a controller's destination means; `unresolved` with the reason where there is none. */
  resolveDestination(
    target: DeliveryTarget,
    destination: { readonly server?: string; readonly name?: string },
  ): Promise<{ readonly kind: 'resolved'; readonly cluster: string } | { readonly kind: 'unresolved'; readonly reason: string }>;
}
