import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';

/** The health of what a controller made, judged by ourselves from the live objects. */
export interface InventoryHealth {
  readonly observedAt: string;
  readonly objects: readonly {
    readonly ref: ObjectRef;
    /** In Argo CD's words: `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing`, `Unknown`. */
    readonly status: string;
    readonly message?: string;
  }[];
  /** What couldn't be looked at, and why. Secrets aren't looked at, and aren't among them. */
  readonly unseen: readonly string[];
}

/** What is missing where a controller assesses no health: our own look can tell. */
export const unassessedHealth = 'status.conditions[Healthy]';

/** Whether our own look could change the verdict. */
export function wantsOwnHealth({ kind, missing }: DeliveryVerdict): boolean {
  return kind === 'delivered' || missing === unassessedHealth;
}
