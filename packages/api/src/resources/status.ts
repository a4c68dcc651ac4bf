import { Blocker, EnvironmentStatus, Suspension } from '@fairlead/domain';
import { z } from 'zod';
import { DocumentProblem } from '../problem.ts';
import { listOf } from './list.ts';

/** `problems`: of documents that don't read. Their services are not among the items. */
export const StatusList = listOf('StatusList', EnvironmentStatus).extend({
  asOf: z.string(),
  problems: z.array(DocumentProblem).readonly().optional(),
});

/** Why an object is where it is: what it waits for, who can act, what was decided on the way. */
export const Explanation = z.object({
  object: z.string(),
  status: z.string(),
  summary: z.string(),
  blockers: z.array(Blocker).readonly(),
  /** Targets that their controllers are kept from, by acts on record. */
  suspensions: z.array(Suspension).readonly().optional(),
  steps: z.array(z.object({ at: z.string(), what: z.string() })).readonly(),
});
export type Explanation = Readonly<z.infer<typeof Explanation>>;
