import { z } from 'zod';
import { deliveryVerdicts } from '../delivery/delivery-verdict.ts';
import { Digest } from '../evidence/digest.ts';

/** What a record says that readiness rests on: the fields of each type's body that are judged. Readers ignore the rest. */
export const ReleaseManifestBody = z.object({ pinned: z.literal(true), components: z.array(z.string()).min(1) });

export const DesiredStateBody = z.object({ stage: z.enum(['planned', 'merged']), approved: Digest, rendered: Digest });

export const SyncObservationBody = z.object({
  target: z.string(),
  verdict: z.object({ kind: z.enum(deliveryVerdicts), reason: z.string() }),
});

export const LiveDigestsBody = z.object({
  verdict: z.enum(['passed', 'failed']),
  problems: z.array(z.string()),
});

export const ValidationBody = z.object({
  phase: z.string(),
  verdict: z.enum(['passed', 'failed']),
  validUntil: z.string(),
  checks: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['http', 'liveDigests']),
      verdict: z.enum(['passed', 'failed', 'error']),
      observed: z.string(),
    }),
  ),
});

export const ApprovalGateBody = z.object({
  gate: z.literal('approval'),
  verdict: z.enum(['met', 'short', 'rejected']),
  by: z.array(z.string()),
});
