import type { Blocker } from '../blocker/blocker.ts';
import { judgeCheck } from './readiness-checks.ts';
import type { CheckProblem, ReadinessExpectation, ReadinessRecord } from './readiness-expectation.ts';
import { readinessChecks, readinessSpec, type ReadinessCheck, type ReadinessSpec, type ReadinessVerdict } from './readiness-verdict.ts';

const gateOf = {
  release: 'release',
  'desired-state': 'desired-state',
  delivery: 'delivery',
  'live-digests': 'live-digests',
  drift: 'drift',
  'validation-phases': 'validation',
  'route-health': 'route-health',
  approvals: 'approval',
} as const satisfies Record<ReadinessCheck, Blocker['gate']>;

/** The verdict on an environment as of `now`: a pure fold over its evidence records, oldest first. A known failure gives `blocked`; else
 *  missing evidence gives `unknown`; nothing gives `ready` but every check passed. Spec: docs/spec/readiness.md. */
export function assessReadiness(expected: ReadinessExpectation, records: readonly ReadinessRecord[], now: Date): ReadinessVerdict {
  return foldReadiness({ spec: readinessSpec, expected }, records, now);
}

/** The same by a version of the rule, such as the one that an older verdict names. */
export function foldReadiness(
  { spec, expected }: { readonly spec: ReadinessSpec; readonly expected: ReadinessExpectation },
  records: readonly ReadinessRecord[],
  now: Date,
): ReadinessVerdict {
  const checks = readinessChecks[spec];
  const outcomes = checks.map((check) => ({ check, outcome: judgeCheck[check](expected, records, now) }));
  const inputs = [...new Set(outcomes.flatMap(({ outcome }) => (outcome.kind === 'missing' ? [] : outcome.inputs)))];
  const common = { spec, asOf: now.toISOString(), checks, inputs } as const;

  const blockers: Blocker[] = [];
  const missing: ReadinessCheck[] = [];
  let failed = false;
  for (const { check, outcome } of outcomes) {
    if (outcome.kind === 'passed') continue;
    if (outcome.kind === 'missing') missing.push(check);
    else failed = true;
    const problems = outcome.kind === 'missing' ? [outcome.problem] : outcome.problems;
    blockers.push(...problems.map((problem) => blockerOf(check, problem, now)));
  }
  if (failed) return { ...common, kind: 'blocked', blockers };
  return missing.length > 0 ? { ...common, kind: 'unknown', missing, blockers } : { ...common, kind: 'ready' };
}

function blockerOf(check: ReadinessCheck, problem: CheckProblem, now: Date): Blocker {
  const { code, message, expected, observed, since, fix } = problem;
  return {
    gate: gateOf[check],
    code,
    message,
    since: since ?? now.toISOString(),
    expected,
    ...(observed === undefined ? {} : { observed }),
    who: ['operator', 'promoter'],
    fix,
  };
}
