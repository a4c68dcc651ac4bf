import type { UpstreamError } from '@fairlead/domain';
import type { KubeConfigs } from '../../http/kubernetes/kube-configs.ts';

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
