/** The steps of a verification, in their order: a failed one ends it. */
export const steps = [
  'archive',
  'manifest',
  'checkpoint',
  'consistency',
  'records',
  'payloads',
  'closure',
  'as-of',
  'readiness',
  'separation-of-duties',
  'completeness',
] as const;
export type Step = (typeof steps)[number];

export interface Failure {
  readonly step: Step;
  readonly code: string;
  readonly file?: string;
  readonly reason: string;
}

export interface CheckedStep {
  readonly step: Step;
  /** `skipped`: an earlier one failed, or the bundle withholds what it needs. */
  readonly status: 'passed' | 'failed' | 'incomplete' | 'skipped';
  /** What was looked at, in words. */
  readonly checked: string;
}

/** What the bundle is about, as far as it was verified. */
export interface ReportSubject {
  readonly audience: string;
  readonly service: string;
  readonly environment: string;
  readonly release: string;
  readonly promotion: string;
  /** How the promotion ended. */
  readonly status?: string;
  /** The verdict at its end, recomputed where the bundle holds what it rests on. */
  readonly readiness?: { readonly spec: string; readonly verdict: string; readonly asOf: string; readonly recomputed: boolean };
  readonly requestedBy?: string;
  readonly approvedBy?: readonly string[];
}

export interface Report {
  readonly kind: 'VerificationReport';
  readonly version: 1;
  readonly verdict: 'verified' | 'failed' | 'incomplete';
  readonly subject?: ReportSubject;
  readonly log?: { readonly origin: string; readonly size: string; readonly since?: string };
  readonly counts: { readonly files: number; readonly records: number; readonly withheld: number };
  readonly steps: readonly CheckedStep[];
  readonly failures: readonly Failure[];
  /** What is missing, or newer than this program. */
  readonly incomplete: readonly Failure[];
}
