import type { Digest } from '../evidence/digest.ts';
import type { Json, JsonObject } from '../document/json.ts';
import type { DeliveryTarget } from './delivery-target.ts';
import type { SyncWindow } from './sync-window.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';

/** `Unknown` stands for a word that we don't know: guessing there could call a failure a success. */
export type OperationPhase = 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error' | 'Unknown';

export interface OperationResource {
  readonly ref: ObjectRef;
  readonly status: string;
  readonly message: string;
  readonly hook?: string;
  /** How far a hook is, in the words of phases. */
  readonly hookPhase?: string;
}

/** The controller's account of its last operation, vendor words kept. Times are RFC 3339. */
export interface ObservedOperation {
  readonly phase: OperationPhase;
  /** The controller's own word, where it is none that we know. */
  readonly phaseSaid?: string;
  readonly message: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly retryCount: number;
  /** The `info` entries that travel with an operation, by name. */
  readonly info: Readonly<Record<string, string>>;
  readonly initiatedBy?: { readonly username?: string; readonly automated: boolean };
  /** What was asked, as the controller keeps it; false, empty and null values dropped, in the form that `SyncOutcome` has it. */
  readonly asked: JsonObject;
  /** What was synced; one per source. */
  readonly revisions: readonly string[];
  readonly resources: readonly OperationResource[];
}

export interface ObservedResource {
  readonly ref: ObjectRef;
  readonly sync?: string;
  readonly health?: string;
  readonly requiresPruning: boolean;
  /** It is deleted only after somebody said so on the Application. */
  readonly awaitsConfirmation?: boolean;
  readonly hook: boolean;
}

/** One of an Application's sources, in its own order. A chart has no path; one with `ref` alone lends its files to others. */
export interface ObservedSource {
  readonly repository: string;
  readonly path: string;
  readonly targetRevision: string;
  readonly chart?: string;
  readonly ref?: string;
}

/** What a source hydrator says: it renders commits of one branch, the dry ones, into commits of another, which are what is synced. */
export interface ObservedHydration {
  /** The branch that it writes, where that isn't the one that is synced: then somebody has to merge. */
  readonly writesTo?: string;
  readonly phase?: string;
  readonly message?: string;
  /** The commit that it is at, or was at last. */
  readonly at?: string;
  /** Pairs that it has told of, newest first. */
  readonly done: readonly { readonly dry: string; readonly hydrated: string }[];
}

/** What an Argo CD Application says. */
export interface ObservedArgoCd {
  readonly kind: 'observed';
  readonly controller: 'argocd';
  readonly target: DeliveryTarget;
  readonly uid: string;
  readonly controllerVersion?: string;
  readonly observedAt: string;
  /** Of the whole status as read, so that what we judged can be shown later. */
  readonly raw: Digest;
  /** An operation is written and not taken up, or still running. */
  readonly operationPending: boolean;
  readonly operation?: ObservedOperation;
  readonly sync: { readonly status: 'Synced' | 'OutOfSync' | 'Unknown'; readonly revisions: readonly string[] };
  /** The status was compared with the sources, destination and ignore rules that the object asks for now. */
  readonly comparedToSpec: boolean;
  readonly health: { readonly status: string; readonly message?: string; readonly since?: string };
  readonly reconciledAt?: string;
  /** A refresh was asked for and is not answered yet: the answer is news, asking again is not. */
  readonly refreshPending?: boolean;
  readonly conditions: readonly { readonly type: string; readonly message: string; readonly at?: string }[];
  readonly resources: readonly ObservedResource[];
  readonly source: { readonly repository: string; readonly path: string; readonly targetRevision: string };
  readonly destination: { readonly server?: string; readonly name?: string; readonly namespace: string };
  /** All of them, where there are several; `source` is the first with a path. */
  readonly sources?: readonly ObservedSource[];
  readonly hydration?: ObservedHydration;
  /** Somebody deletes the Application; `cascades`: what it delivered goes with it. */
  readonly deletion?: { readonly since: string; readonly cascades: boolean };
  /** Its AppProject. Without `windows` we may not read it, or it isn't there. */
  readonly project?: { readonly name: string; readonly windows?: readonly SyncWindow[] };
  readonly automatedSync: boolean;
  /** Fields of its specification, beside the source, that decide what it renders. */
  readonly rendersBy?: readonly string[];
  /** `spec.ignoreDifferences`, where there are some. */
  readonly ignores?: readonly Json[];
  /** The controller leaves the Application alone. */
  readonly skipsReconcile?: boolean;
  /** Annotations by which an image updater would write what is deployed. */
  readonly imageUpdater?: readonly string[];
  /** The Application that made this one, as its tracking tells. */
  readonly madeBy?: string;
  readonly vendor: Json;
}
