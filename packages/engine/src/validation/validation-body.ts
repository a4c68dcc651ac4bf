import type { JsonObject, ValidationPhase, ValidationRun } from '@fairlead/domain';

/** What the record of an attempt says. A failed attempt is valid until the next one. */
export function validationBody(run: ValidationRun, phase: ValidationPhase): JsonObject {
  return {
    phase: run.phase,
    required: phase.spec.required,
    verdict: run.status === 'passed' ? 'passed' : 'failed',
    validUntil: run.validUntil ?? run.finishedAt ?? run.requestedAt,
    requestedBy: run.requestedBy,
    finishedAt: run.finishedAt ?? null,
    checks: run.checks.map((check) => ({ ...check })),
  };
}
