/** A window of an AppProject, as it stands there: `schedule` is a cron expression of five fields, `duration` Go's, `timeZone` IANA's. */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny';
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone: string;
  /** Globs; a window with none of the three concerns nothing. */
  readonly applications: readonly string[];
  readonly namespaces: readonly string[];
  readonly clusters: readonly string[];
  /** All of the lists that are given must match, not one of them. */
  readonly andOperator: boolean;
  /** Syncs that a person asks for pass. */
  readonly manualSync: boolean;
  readonly description?: string;
}

/** What of an Application the windows look at. */
export interface WindowSubject {
  readonly application: string;
  readonly namespace: string;
  /** Address and name of the destination's cluster, as far as they are given. */
  readonly clusters: readonly string[];
}
