import { UnknownVersion } from '../refusal.ts';
import { driftCheck } from './drift-check.ts';
import { joinParts, type Check, type Folding, type Part } from './readiness-record.ts';
import {
  approvalsCheck,
  deliveryCheck,
  desiredStateCheck,
  liveDigestsCheck,
  releaseCheck,
  routeHealthCheck,
  validationCheck,
} from './release-checks.ts';

export interface Verdict {
  readonly verdict: 'ready' | 'blocked' | 'unknown';
  /** Names of the checks that were applied. */
  readonly checks: readonly string[];
  /** Digests of the records that it rests on. */
  readonly inputs: readonly string[];
  /** Codes, each once, sorted. */
  readonly failed: readonly string[];
  readonly missing: readonly string[];
}

const before: readonly (readonly [string, Check])[] = [
  ['release', releaseCheck],
  ['desired-state', desiredStateCheck],
  ['delivery', deliveryCheck],
  ['live-digests', liveDigestsCheck],
];
const after: readonly (readonly [string, Check])[] = [
  ['validation-phases', validationCheck],
  ['route-health', routeHealthCheck],
  ['approvals', approvalsCheck],
];
const checksOf: ReadonlyMap<string, readonly (readonly [string, Check])[]> = new Map([
  ['readiness/v0', [...before, ...after]],
  ['readiness/v1', [...before, ['drift', driftCheck], ...after]],
]);

/** The second implementation of docs/spec/readiness.md, written from its text: a fold over records, oldest first, as of a time. */
export function assessReadiness(spec: string, folding: Folding): Verdict {
  const checks = checksOf.get(spec);
  if (checks === undefined)
    throw new UnknownVersion('readiness-unknown', `this program does not know ${JSON.stringify(spec.slice(0, 80))}`);
  const outcomes = checks.map(([, check]) => joinParts(check(folding)));
  const codesOf = (status: Part['status']): string[] =>
    unique(outcomes.filter((outcome) => outcome.status === status).flatMap(({ codes }) => codes));
  const failed = codesOf('failed').sort();
  const missing = codesOf('missing').sort();
  return {
    verdict: failed.length > 0 ? 'blocked' : missing.length > 0 ? 'unknown' : 'ready',
    checks: checks.map(([name]) => name),
    inputs: unique(outcomes.flatMap(({ rests }) => rests)),
    failed,
    missing,
  };
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
