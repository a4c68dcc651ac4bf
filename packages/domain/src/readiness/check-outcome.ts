import type { z } from 'zod';
import type { Digest } from '../evidence/digest.ts';
import type { CheckOutcome, CheckProblem, ReadinessExpectation, ReadinessRecord } from './readiness-expectation.ts';

/** A record whose body has the shape of its type. */
export interface Judged<T> {
  readonly record: ReadinessRecord;
  readonly body: T;
}

export interface RecordShape<T> {
  readonly type: ReadinessRecord['type'];
  readonly body: z.ZodType<T>;
}

export function isOf({ release, revision }: ReadinessExpectation, record: ReadinessRecord): boolean {
  return record.release === release && record.revision === revision;
}

/** The records of the type that have the shape, in their order; one of another shape is as good as none. */
export function shaped<T>(records: readonly ReadinessRecord[], shape: RecordShape<T>): readonly Judged<T>[] {
  return records
    .filter((record) => record.type === shape.type)
    .flatMap((record) => {
      const body = shape.body.safeParse(record.body);
      return body.success ? [{ record, body: body.data }] : [];
    });
}

/** The newest of them that fits. */
export function newest<T>(
  records: readonly ReadinessRecord[],
  shape: RecordShape<T>,
  fits: (judged: Judged<T>) => boolean,
): Judged<T> | undefined {
  return shaped(records, shape).findLast(fits);
}

export const passed = ({ record }: Pick<Judged<unknown>, 'record'>): CheckOutcome => ({ kind: 'passed', inputs: [record.digest] });
export const missing = (problem: CheckProblem): CheckOutcome => ({ kind: 'missing', problem });
/** `also`: further records that the failure rests on. */
export const failed = ({ record }: Pick<Judged<unknown>, 'record'>, problem: CheckProblem, also: readonly Digest[] = []): CheckOutcome => ({
  kind: 'failed',
  problems: [{ since: record.at, ...problem }],
  inputs: [...new Set([record.digest, ...also])],
});

/** All must pass. What failed is said before what is missing, since a failure is known. */
export function forEach(names: readonly string[], judge: (name: string) => CheckOutcome): CheckOutcome {
  const outcomes = names.map(judge);
  const inputs = outcomes.flatMap((outcome) => (outcome.kind === 'missing' ? [] : outcome.inputs));
  const problems = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? outcome.problems : []));
  if (problems.length > 0) return { kind: 'failed', problems, inputs };
  return outcomes.find((outcome) => outcome.kind === 'missing') ?? { kind: 'passed', inputs };
}
