import type { Blocker } from '../blocker/blocker.ts';
import type { Digest } from '../evidence/digest.ts';

/** In the order in which they are applied. */
const checksOfV1 = [
  'release',
  'desired-state',
  'delivery',
  'live-digests',
  'drift',
  'validation-phases',
  'route-health',
  'approvals',
] as const;
export type ReadinessCheck = (typeof checksOfV1)[number];

/** The checks of each version of the rule. A verdict is folded again by the version that it names. */
export const readinessChecks = {
  'readiness/v0': checksOfV1.filter((check) => check !== 'drift'),
  'readiness/v1': checksOfV1,
} as const satisfies Readonly<Record<string, readonly ReadinessCheck[]>>;
export type ReadinessSpec = keyof typeof readinessChecks;

/** What verdicts are made by now. */
export const readinessSpec = 'readiness/v1';

/** The verdict on an environment as of a time, with the records that it rests on. `unknown` where evidence is missing: never ready by absence. */
export type ReadinessVerdict = {
  readonly spec: ReadinessSpec;
  readonly asOf: string;
  readonly checks: readonly ReadinessCheck[];
  readonly inputs: readonly Digest[];
} & (
  | { readonly kind: 'ready' }
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] }
  | { readonly kind: 'unknown'; readonly missing: readonly ReadinessCheck[]; readonly blockers: readonly Blocker[] }
);
