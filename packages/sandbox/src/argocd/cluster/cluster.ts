import { discovery, type Discovery } from '../../kube/discovery.ts';
import { kubeClient, type KubeClient } from '../../kube/kube-client.ts';
import { liveState, type LiveState } from './live-state.ts';

/** A cluster that applications may be delivered to. */
export interface Cluster {
  readonly name: string;
  readonly server: string;
  readonly client: KubeClient;
  readonly discovery: Discovery;
  readonly live: LiveState;
}

export interface ClusterOptions {
  readonly name: string;
  /** What `spec.destination.server` calls it, which needn't be the address in the kubeconfig. */
  readonly server: string;
  readonly kubeconfig: string;
}

export const inClusterServer = 'https://kubernetes.default.svc';

export interface ClusterEvents {
  readonly signal: AbortSignal;
  readonly onChange: (application: string) => void;
}

export async function connectCluster({ name, server, kubeconfig }: ClusterOptions, { signal, onChange }: ClusterEvents): Promise<Cluster> {
  const client = await kubeClient(kubeconfig, 'argocd-application-controller/sandbox');
  const kinds = discovery(client);
  return { name, server, client, discovery: kinds, live: liveState({ client, discovery: kinds, signal, onChange }) };
}
