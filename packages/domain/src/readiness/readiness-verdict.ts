import type { Blocker } from '../blocker/blocker.ts';
import type { Digest } from '../evidence/digest.ts';

/** The checks of `readiness/v0`, in the order in which they are applied. Drift joins with v1. */
export const readinessChecks = [
  'release',
  'desired-state',
  'delivery',
  'live-digests',
  'validation-phases',
  'route-health',
  'approvals',
] as const;
export type ReadinessCheck = (typeof readinessChecks)[number];

export const readinessSpec = 'readiness/v0';

/** The verdict on an environment as of a time, with the records that it rests on. `unknown` where evidence is missing: never ready by absence. */
export type ReadinessVerdict = {
  readonly spec: typeof readinessSpec;
  readonly asOf: string;
  readonly checks: readonly ReadinessCheck[];
  readonly inputs: readonly Digest[];
} & (
  | { readonly kind: 'ready' }
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] }
  | { readonly kind: 'unknown'; readonly missing: readonly ReadinessCheck[]; readonly blockers: readonly Blocker[] }
);
