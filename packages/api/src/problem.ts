import { Blocker } from '@fairlead/domain';
import { z } from 'zod';

export const DocumentProblem = z.object({
  code: z.string(),
  message: z.string(),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  pointer: z.string(),
  hint: z.string().optional(),
});

/** RFC 9457, `application/problem+json`. `code` is stable; `title` is for people. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  hint: z.string().optional(),
  requestId: z.string(),
  blockers: z.array(Blocker).readonly().optional(),
  problems: z.array(DocumentProblem).readonly().optional(),
});
export type Problem = Readonly<z.infer<typeof Problem>>;
