import type { JsonObject } from '../json/canonical-json.ts';

/** A record as the fold sees it; oldest first in a list. */
export interface ReadinessRecord {
  readonly digest: string;
  readonly type: string;
  readonly at: string;
  readonly release?: string | undefined;
  readonly revision?: string | undefined;
  readonly body: JsonObject;
}

/** What the environment is meant to be. */
export interface Expected {
  readonly release: string;
  readonly revision: string;
  readonly targets: readonly string[];
  readonly requiredPhases: readonly string[];
  readonly approvals: number;
  readonly liveObservationMaxAgeMs: number;
  /** Absent in `readiness/v0`. */
  readonly driftRevokeFrom?: string | undefined;
}

export interface Folding {
  readonly expected: Expected;
  readonly records: readonly ReadinessRecord[];
  readonly asOf: string;
}

/** What one part of a check (a target, a phase) came to, and the records that it rests on. */
export interface Part {
  readonly status: 'passed' | 'failed' | 'missing';
  readonly code?: string;
  readonly rests: readonly string[];
}

export type Check = (folding: Folding) => readonly Part[];

export const passed = (...rests: readonly string[]): Part => ({ status: 'passed', rests });
export const failed = (code: string, ...rests: readonly string[]): Part => ({ status: 'failed', code, rests });
/** Evidence that isn't there, or doesn't say enough, is nothing to rest on. */
export const missing = (code: string): Part => ({ status: 'missing', code, rests: [] });

export interface CheckOutcome {
  readonly status: Part['status'];
  /** Those of the parts that made it so. */
  readonly codes: readonly string[];
  readonly rests: readonly string[];
}

/** A check fails with one of its parts, whatever is missing; else it is missing with the first that is, and then rests on nothing. */
export function joinParts(parts: readonly Part[]): CheckOutcome {
  const has = (status: Part['status']): boolean => parts.some((part) => part.status === status);
  const status = has('failed') ? 'failed' : has('missing') ? 'missing' : 'passed';
  const codes = parts.filter((part) => part.status === status).flatMap(({ code }) => code ?? []);
  if (status === 'missing') return { status, codes: codes.slice(0, 1), rests: [] };
  return { status, codes, rests: parts.flatMap(({ rests }) => rests) };
}
