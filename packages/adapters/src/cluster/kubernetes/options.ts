import type { WatchTiming } from './watch-objects.ts';

/** Where the credentials stand. `in-cluster`: the service account of the pod that we run in. */
export type KubeconfigSource =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'text'; readonly text: string } | { readonly kind: 'in-cluster' };

export interface ClusterOptions {
  readonly name: string;
  readonly kubeconfig: KubeconfigSource;
  /** Default: the kubeconfig's current context. */
  readonly context?: string;
  /** The address by which controllers know the cluster, where it isn't the kubeconfig's. */
  readonly server?: string;
  /** The kubeconfig may run programs, or load a provider's plugin, to sign in. Default: refused. */
  readonly allowExec?: boolean;
}

export interface KubernetesClustersOptions {
  readonly clusters: readonly ClusterOptions[];
  readonly now?: () => Date;
  readonly requestTimeoutMs?: number;
  /** How watches come back, and how often kinds that are new or gone are looked for. */
  readonly timing?: Partial<WatchTiming>;
}
