import { type Cluster } from '../cluster/cluster.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { type ApplicationStore } from './application-store.ts';
import { type Latency } from './latency.ts';
import { type ManifestLoader } from './manifest-loader.ts';

/** What every application's worker works with. */
export interface ControllerContext {
  readonly namespace: string;
  readonly applications: ApplicationStore;
  readonly project: (name: string) => KubeObject | undefined;
  readonly clusters: readonly Cluster[];
  readonly manifests: ManifestLoader;
  readonly latency: Latency;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Tells the cluster's events, as kubectl shows them. */
  readonly record: (application: KubeObject, event: AppEvent) => void;
}

interface AppEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: 'ResourceUpdated' | 'OperationStarted' | 'OperationCompleted';
  readonly message: string;
}
