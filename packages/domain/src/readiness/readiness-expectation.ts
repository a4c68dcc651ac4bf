import type { JsonObject } from '../document/json.ts';
import type { Digest } from '../evidence/digest.ts';
import type { EvidenceType } from '../evidence/evidence-type.ts';
import type { DriftSeverity } from '../policy/policy.ts';

/** One evidence record as far as readiness reads it. Times are RFC 3339. */
export interface ReadinessRecord {
  readonly digest: Digest;
  readonly type: EvidenceType;
  readonly at: string;
  readonly release?: Digest;
  readonly revision?: string;
  readonly body: JsonObject;
}

/** What an environment is meant to be, from Git and policy. */
export interface ReadinessExpectation {
  readonly release: Digest;
  /** The merge commit that delivers it. */
  readonly revision: string;
  /** Names of the targets, as in the records. */
  readonly targets: readonly string[];
  readonly requiredPhases: readonly string[];
  /** How many people's approval the tier asks for. */
  readonly approvals: number;
  /** How old an observation of the live cluster may be, in ms. */
  readonly liveObservationMaxAgeMs: number;
  /** The least grave drift that counts. */
  readonly driftRevokeFrom: DriftSeverity;
}

export type CheckOutcome =
  | { readonly kind: 'passed'; readonly inputs: readonly Digest[] }
  | { readonly kind: 'failed'; readonly problems: readonly CheckProblem[]; readonly inputs: readonly Digest[] }
  | { readonly kind: 'missing'; readonly problem: CheckProblem };

export interface CheckProblem {
  readonly code: string;
  readonly message: string;
  readonly expected: string;
  readonly observed?: string;
  readonly since?: string;
  readonly fix: string;
}
