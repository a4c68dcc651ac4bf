import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { Duration } from '../document/duration.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { unique } from '../document/unique.ts';
import { EnvironmentName } from '../environment/environment-name.ts';
import { PhaseName } from './phase-name.ts';
import { ValidationCheck } from './validation-check.ts';

const Retries = z.strictObject({ count: z.int().min(0).max(100).prefault(2), delay: Duration.prefault('10s') }).readonly();

/** Checks after delivery that can be run again alone. `timeout` bounds one attempt with its retries; without `validFor` the policy's holds. */
export const ValidationPhase = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('ValidationPhase'),
    metadata: z.strictObject({ name: PhaseName }).readonly(),
    spec: z
      .strictObject({
        environments: z.array(EnvironmentName).min(1).check(unique('environment')).readonly(),
        after: z.array(PhaseName).check(unique('phase')).readonly().default([]),
        required: z.boolean().default(true),
        validFor: Duration.exactOptional(),
        timeout: Duration.prefault('5m'),
        retries: Retries.prefault({}),
        checks: z.array(ValidationCheck).min(1).check(unique('check', 'name')).readonly(),
      })
      .readonly(),
  })
  .superRefine(({ spec }, context) => {
    for (const [index, { http }] of spec.checks.entries()) {
      for (const environment of spec.environments) {
        if (http === undefined || http.url[environment] !== undefined) continue;
        const path = ['spec', 'checks', index, 'http', 'url'];
        context.addIssue({ code: 'custom', message: `no address for environment ${JSON.stringify(environment)}`, path });
      }
    }
  })
  .readonly();
export type ValidationPhase = z.infer<typeof ValidationPhase>;

export function readValidationPhase(text: string, file: string, mode?: ReadingMode): Parsed<ValidationPhase> {
  return parseDocument({ kind: 'ValidationPhase', schema: ValidationPhase }, { text, file }, mode);
}
