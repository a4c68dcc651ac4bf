import type { KubeConfig } from '@kubernetes/client-node';
import type { UpstreamError } from '@fairlead/domain';

/** Where credentials for a cluster come from. Throws `NotFoundError` (`cluster-unknown`) for a name that the installation doesn't have. */
interface KubeConfigs {
  kubeConfig(cluster: string): KubeConfig;
}

export interface FluxOptions {
  readonly clusters: KubeConfigs;
  readonly now?: () => Date;
  /** Where Kustomizations are searched for when we may not list them in the whole cluster. Default: `flux-system`. */
  readonly namespaces?: readonly string[];
  /** Where Flux's controllers run. Default: `flux-system`. */
  readonly controllerNamespace?: string;
  readonly requestTimeoutMs?: number;
  /** Between attempts to reach a watch again; each wait is a random part of its step. */
  readonly reconnect?: { readonly minMs: number; readonly maxMs: number };
  /** A watch failed and will be tried again. */
  readonly onWatchError?: (error: UpstreamError) => void;
}
