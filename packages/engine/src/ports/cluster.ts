import type { CoverageGap, DeliveryTarget, JsonObject, LiveContainer, LiveInventory, ObjectRef, WatchCoverage } from '@fairlead/domain';
import type { Watching } from './delivery.ts';

/** One kind that an API server serves. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The plural in paths. */
  readonly resource: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  /** Served from a CustomResourceDefinition. */
  readonly custom: boolean;
}

/** What to look at. Secrets, Events, Leases and other kinds that only churn are never looked at unless they are named in `kinds`. */
export interface ObjectScope {
  readonly cluster: string;
  readonly namespaces: readonly string[];
  /** Of each object: group and kind. Absent: every kind that the server lists and watches in a namespace. Cluster-scoped kinds must be named. */
  readonly kinds?: readonly { readonly group: string; readonly kind: string }[];
}

/** An object as the API server gave it, `metadata.managedFields` included, the last-applied annotation dropped where it could hold a secret (never for
 *  kinds that can't). */
export interface LiveObject {
  readonly ref: ObjectRef;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly object: JsonObject;
}

/** In the order in which the API server told them, per kind. */
export type ObjectEvent =
  | { readonly kind: 'applied'; readonly live: LiveObject; readonly at: string }
  | { readonly kind: 'deleted'; readonly ref: ObjectRef; readonly uid: string; readonly at: string }
  /** Everything that exists of the kind has been told: at the start, and again after each relist. */
  | {
      readonly kind: 'in-sync';
      readonly of: Pick<ServedKind, 'group' | 'version' | 'kind'>;
      readonly namespace?: string;
      readonly at: string;
    }
  /** The kind can't be seen for now; what was told of it still stands, but is getting old. Other kinds go on. */
  | { readonly kind: 'gap'; readonly gap: CoverageGap }
  | { readonly kind: 'gap-closed'; readonly gap: CoverageGap; readonly at: string };

export interface ObjectWatch extends Watching {
  /** Now. */
  coverage(): WatchCoverage;
  /** When the API server was last heard of (an event, a bookmark or a list) for the kind that is silent for the longest, RFC 3339; `undefined` while one is on its
   *  way to be in sync. A kind that was never seen is a gap and doesn't count; one that was seen counts on. What is older than its age-out is stale, never green. */
  freshAt(): string | undefined;
}

/** Live state of a cluster, read only. Throws `NotFoundError` (`cluster-unknown`) for a name that the installation doesn't have. */
export interface Cluster {
  /** Containers of the running pods in the namespaces. */
  liveContainers(cluster: string, namespaces: readonly string[]): Promise<LiveInventory>;
  /** What a Pod, as a watch told it, runs or is meant to run; nothing for one that is over. */
  containersOf(pod: LiveObject): readonly LiveContainer[];
  /** The installation's cluster that a controller's destination means; `unresolved` with the reason where there is none. */
  resolveDestination(
    target: DeliveryTarget,
    destination: { readonly server?: string; readonly name?: string },
  ): Promise<{ readonly kind: 'resolved'; readonly cluster: string } | { readonly kind: 'unresolved'; readonly reason: string }>;
  /** The kinds that the API server serves, preferred versions; groups whose discovery failed are gaps. */
  servedKinds(cluster: string): Promise<{ readonly kinds: readonly ServedKind[]; readonly gaps: readonly CoverageGap[] }>;
  /** `spec.versions[].schema.openAPIV3Schema` of the custom kinds that the cluster serves, by `group/version/Kind`. */
  customSchemas(cluster: string): Promise<Readonly<Record<string, JsonObject>>>;
  /** Lists everything in the scope once, in pages, handing over each object as it comes; a kind that can't be listed is a gap, not a failure. */
  listObjects(scope: ObjectScope, take: (live: LiveObject) => void): Promise<WatchCoverage>;
  /** Lists and then watches until stopped; reconnects, relists after 410, backs off with jitter. `tell` must not throw. Returns at once. */
  watchObjects(scope: ObjectScope, tell: (event: ObjectEvent) => void): Promise<ObjectWatch>;
}
