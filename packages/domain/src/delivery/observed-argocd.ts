import type { Digest } from '../evidence/digest.ts';
import type { Json, JsonObject } from '../document/json.ts';
import type { DeliveryTarget } from './delivery-target.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';

export type OperationPhase = 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';

export interface OperationResource {
  readonly ref: ObjectRef;
  readonly status: string;
  readonly message: string;
  readonly hook?: string;
}

/** The controller's account of its last operation, vendor words kept. Times are RFC 3339. */
export interface ObservedOperation {
  readonly phase: OperationPhase;
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
  readonly hook: boolean;
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
  readonly automatedSync: boolean;
  readonly vendor: Json;
}
