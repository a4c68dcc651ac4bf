import type { KubeConfig } from '@kubernetes/client-node';

/** Where credentials for a cluster come from. Throws `NotFoundError` (`cluster-unknown`) for a name that the installation doesn't have. */
export interface KubeConfigs {
  kubeConfig(cluster: string): KubeConfig;
}
