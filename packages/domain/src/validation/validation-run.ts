import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { Digest } from '../evidence/digest.ts';
import { PromotionId } from '../promotion/promotion-id.ts';

const CheckOutcome = z.object({
  name: z.string(),
  kind: z.enum(['http', 'liveDigests']),
  verdict: z.enum(['passed', 'failed', 'error']),
  expected: z.string(),
  observed: z.string(),
  durationMs: z.number(),
});

/** One attempt of one phase, bound to the release and the revision it looked at. `record` is its evidence. */
export const ValidationRun = z.object({
  environment: EnvironmentId,
  phase: z.string(),
  attempt: z.number(),
  /** How many automatic retries came before this one since somebody or the promotion asked. */
  retry: z.number(),
  promotion: PromotionId.optional(),
  release: Digest,
  revision: CommitSha,
  status: z.enum(['requested', 'passed', 'failed']),
  requestedBy: z.string(),
  requestedAt: z.string(),
  finishedAt: z.string().optional(),
  /** Until when a passed run counts. */
  validUntil: z.string().optional(),
  checks: z.array(CheckOutcome).readonly(),
  record: Digest.optional(),
});
export type ValidationRun = Readonly<z.infer<typeof ValidationRun>>;
