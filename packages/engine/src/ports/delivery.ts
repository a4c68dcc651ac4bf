import type { DeliveryObservation, DeliveryTarget, DiscoveredTarget, SourceQuery, SyncOutcome, SyncRequest } from '@fairlead/domain';

/** What a controller can do by nature; the engine fills the gaps. */
export interface DeliveryCapabilities {
  /** It waits to be asked. Else the merge is the sync: every gate has to hold before it. */
  readonly manualSync: boolean;
  readonly syncToRevision: boolean;
  /** Some objects of a target without the others. */
  readonly partialSync: boolean;
  /** Its own account of past syncs says who asked. */
  readonly actorInHistory: boolean;
  readonly windows: boolean;
  /** It tells of differences also while it is kept from correcting them. */
  readonly driftWhilePaused: boolean;
  /** Its word on health is of now, not of its last look. */
  readonly continuousHealth: boolean;
  readonly hooks: boolean;
}

/** The GitOps controller of a cluster. Throws `UpstreamError` when its API doesn't answer as documented. */
export interface Delivery {
  readonly capabilities: DeliveryCapabilities;
  /** Reads the target now. */
  observe(target: DeliveryTarget): Promise<DeliveryObservation>;
  /** Writes one operation, at most once for its id; refuses while another one runs. What a request with `prune` may delete is judged by the controller's last
   *  comparison. Precondition there: that was with a revision that has the commit, else deletions of earlier commits are not yet among its candidates. */
  requestSync(target: DeliveryTarget, request: SyncRequest): Promise<SyncOutcome>;
  /** Asks the controller to look again at Git and at the cluster. */
  requestRefresh(target: DeliveryTarget): Promise<void>;
  /** Calls back after each change of a target that it can see, and after it may have missed one, until stopped. Reconnects by itself. */
  watch(cluster: string, namespace: string, changed: (target: DeliveryTarget) => void): Promise<Watching>;
  /** Every object of the controller in the cluster that delivers this folder, whoever made it and from whatever branch, in all namespaces that we may list. */
  discover(cluster: string, source: SourceQuery): Promise<readonly DiscoveredTarget[]>;
  /** Keeps the controller from touching the target, or lets it again. Precondition: the act is on record with its reason and expiry, for the controller keeps neither. */
  setSuspended(target: DeliveryTarget, suspended: boolean): Promise<SuspendOutcome>;
}

/** `unsupported`: this controller is never suspended by us; one that waits to be asked needs no such thing. */
export type SuspendOutcome = 'done' | 'already-so' | 'absent' | 'unsupported';

export interface Watching {
  stop(): Promise<void>;
}
