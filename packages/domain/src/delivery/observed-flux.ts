import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { Json } from '../document/json.ts';
import type { Digest } from '../evidence/digest.ts';
import type { DeliveryTarget } from './delivery-target.ts';
import type { FluxState } from './flux-state.ts';
import type { InventoryHealth } from './inventory-health.ts';

/** Where a Flux object lives. */
export interface FluxObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The GitRepository, OCIRepository or other source that a Kustomization reads. */
export type FluxSource = (FluxState & FluxObject & FetchedSource & { readonly found: true }) | (FluxObject & { readonly found: false });

interface FetchedSource {
  readonly uid: string;
  readonly url: string;
  /** `spec.ref`, as it stands: branch, tag, semver, commit, name or digest. */
  readonly ref: Readonly<Record<string, string>>;
  /** The newest artifact, in Flux's own words: `main@sha1:…`, `latest@sha256:…`. */
  readonly revision?: string;
  /** For an artifact that was made from a commit: what its maker says of that. */
  readonly originRevision?: string;
  readonly digest?: string;
  /** When the artifact was made, RFC 3339. */
  readonly fetchedAt?: string;
}

/** Revisions of what was applied, in Flux's own words. */
export interface AppliedRevisions {
  readonly lastApplied?: string;
  readonly lastAttempted?: string;
  readonly lastAppliedOrigin?: string;
}

/** A Kustomization among what another one made. */
export interface NestedKustomization extends FluxState, AppliedRevisions {
  readonly namespace: string;
  readonly name: string;
  /** It reads the same source as the one that made it. */
  readonly sameSource: boolean;
}

/** A HelmRelease among what a Kustomization made. */
export interface ObservedHelmRelease extends FluxState {
  readonly namespace: string;
  readonly name: string;
  /** `history[0]`: the newest release of Helm's. */
  readonly latest?: {
    readonly status: string;
    readonly chart: string;
    readonly chartVersion: string;
    readonly configDigest: string;
    readonly ociDigest?: string;
    readonly at?: string;
  };
  readonly attempted: { readonly revision?: string; readonly configDigest?: string; readonly ociDigest?: string };
}

/** What a Kustomization made that has a controller of its own. `unseen`: it is in the inventory, and couldn't be read. */
export type MadeByFlux =
  | { readonly kind: 'HelmRelease'; readonly release: ObservedHelmRelease }
  | { readonly kind: 'Kustomization'; readonly nested: NestedKustomization }
  | { readonly kind: 'unseen'; readonly object: FluxObject; readonly reason: string };

/** One of the last five outcomes that the controller keeps. `digest`: of all objects as applied. */
export interface FluxHistoryEntry {
  readonly digest: string;
  readonly status: string;
  readonly lastReconciled?: string;
  readonly revision?: string;
  readonly originRevision?: string;
}

/** What the specification says about how it is applied, as far as a contract judges it. */
export interface FluxSettings {
  readonly prune: boolean;
  readonly wait: boolean;
  readonly healthChecks: number;
  readonly intervalMs?: number;
  readonly timeoutMs?: number;
  /** Names of images that the Kustomization replaces by itself. */
  readonly images: readonly string[];
  readonly substitutes: boolean;
}

/** Something that writes to Git by itself. */
export interface ImageAutomation {
  readonly namespace: string;
  readonly name: string;
  readonly suspended: boolean;
  readonly url: string;
  /** Where it pushes; empty: the branch that it checks out. */
  readonly branch: string;
  /** Below which it edits, from the repository's root. */
  readonly path: string;
}

/** What a Flux Kustomization says, with the source that it reads and what it made. */
export interface ObservedFlux extends FluxState, AppliedRevisions {
  readonly kind: 'observed';
  readonly controller: 'flux';
  readonly target: DeliveryTarget;
  readonly uid: string;
  readonly observedAt: string;
  /** Of the statuses as read, so that what we judged can be shown later. */
  readonly raw: Digest;
  readonly controllerVersion?: string;
  /** It is being deleted, and what it made with it. */
  readonly deleting: boolean;
  readonly origin: FluxSource;
  readonly history: readonly FluxHistoryEntry[];
  readonly inventory: readonly ObjectRef[];
  readonly made: readonly MadeByFlux[];
  readonly settings: FluxSettings;
  /** Absent where they couldn't be listed. */
  readonly automations?: readonly ImageAutomation[];
  /** What our last request left on it, by the names of `operationInfo`. */
  readonly info: Readonly<Record<string, string>>;
  readonly initiatedBy?: string;
  /** Source or Kustomization was asked to look again and hasn't answered. */
  readonly refreshPending: boolean;
  readonly source: { readonly repository: string; readonly path: string; readonly targetRevision: string };
  readonly destination: { readonly server?: string; readonly name?: string; readonly namespace: string };
  /** Fields of its specification, beside the source, that decide what it renders. */
  readonly rendersBy?: readonly string[];
  /** `spec.ignore`, where there is some. */
  readonly ignores?: readonly Json[];
  /** Flux applies by itself, always. */
  readonly automatedSync: true;
  /** Our own look at what it made: Flux looks at health only while it reconciles. */
  readonly ownHealth?: InventoryHealth;
  readonly vendor: Json;
}
