import type { Control } from '../control/control-register.ts';
import type { AdoptionEvidence } from './adoption-evidence.ts';

/** A commit of the branch that changed what an environment is made of. */
export interface InputChange {
  readonly commit: string;
  readonly subject: string;
  /** Another image, tag or digest. */
  readonly changesImages: boolean;
  /** The release reference, too. */
  readonly changesReference: boolean;
}

/** Values in clear among an environment's inputs, in the tree and in its past. `unknown`: why nobody could tell. */
export type SecretCount = { readonly kind: 'counted'; readonly found: number } | { readonly kind: 'unknown'; readonly because: string };

/** What adoption is judged by, of one environment. */
export interface AdoptionFacts {
  /** Newest first. */
  readonly changes: readonly InputChange[];
  /** Of the environment. */
  readonly evidence: readonly AdoptionEvidence[];
  /** Of the service's environments of the staging tier. */
  readonly staging: readonly AdoptionEvidence[];
  readonly secrets: { readonly tree: SecretCount; readonly history: SecretCount };
  readonly controls: readonly Control[];
}
