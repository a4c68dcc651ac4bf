import type { UpstreamError } from '@fairlead/domain';
import type { KubeConfigs } from '../../http/kubernetes/kube-configs.ts';

export interface ArgoCdOptions {
  readonly clusters: KubeConfigs;
  readonly now?: () => Date;
  /** Where Applications are searched for when we may not list them in the whole cluster. Default: `argocd`. */
  readonly namespaces?: readonly string[];
  readonly requestTimeoutMs?: number;
  /** Between attempts to reach a watch again; each wait is a random part of its step. */
  readonly reconnect?: { readonly minMs: number; readonly maxMs: number };
  /** A watch failed and will be tried again. */
  readonly onWatchError?: (error: UpstreamError) => void;
}
