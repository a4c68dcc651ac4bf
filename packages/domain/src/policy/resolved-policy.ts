import { durationMs, Duration } from '../document/duration.ts';
import type { Tier } from '../environment/tier.ts';
import type { ResolvedSignatures } from '../signature/signature-policy.ts';
import type { DriftIgnore, DriftMutation } from './drift-exemption.ts';
import { GroupName, type BootstrapSecret, type DriftSeverity } from './policy.ts';

export interface ApprovalRule {
  readonly count: number;
  /** Where someone must be to count; empty: anywhere. */
  readonly groups: readonly GroupName[];
}

/** Every setting with its value, durations in milliseconds. */
export interface ResolvedPolicy {
  readonly approvals: Readonly<Record<Tier, ApprovalRule>>;
  readonly liveObservationMaxAgeMs: number;
  readonly statusMaxAgeMs: number;
  readonly syncTimeoutMs: number;
  readonly validationValidForMs: number;
  readonly migrationEvidenceMaxAgeMs: number;
  /** `correctWithinMs`: how often a controller that corrects by itself has to look. */
  readonly drift: {
    readonly revokeFrom: DriftSeverity;
    readonly correctWithinMs: number;
    readonly ignore: readonly DriftIgnore[];
    readonly mutations: readonly DriftMutation[];
  };
  /** What may be encrypted in Git; absent where no document lists any. */
  readonly secrets?: { readonly bootstrap: readonly BootstrapSecret[] };
  readonly exceptions: { readonly maxDurationMs: number };
  readonly breakGlass: { readonly maxDurationMs: number; readonly secondPersonWithinMs: number; readonly reviewWithinMs: number };
  /** Absent where no document speaks of signatures, so that the digest of such a policy stays what it was. */
  readonly signatures?: ResolvedSignatures;
}

const ms = (text: string): number => durationMs(Duration.parse(text));
const approvers = [GroupName.parse('approvers')];

/** What holds where no document says otherwise. */
export const builtInPolicy: ResolvedPolicy = {
  approvals: {
    dev: { count: 0, groups: [] },
    staging: { count: 1, groups: approvers },
    production: { count: 2, groups: approvers },
  },
  liveObservationMaxAgeMs: ms('60s'),
  statusMaxAgeMs: ms('6m'),
  syncTimeoutMs: ms('10m'),
  validationValidForMs: ms('24h'),
  migrationEvidenceMaxAgeMs: ms('7d'),
  drift: { revokeFrom: 'config', correctWithinMs: ms('30m'), ignore: [], mutations: [] },
  exceptions: { maxDurationMs: ms('30d') },
  breakGlass: { maxDurationMs: ms('4h'), secondPersonWithinMs: ms('60m'), reviewWithinMs: ms('48h') },
};
