import { z } from 'zod';
import { deliveryVerdicts } from '../delivery/delivery-verdict.ts';
import { DriftClass } from '../drift/drift-item.ts';
import { Digest } from '../evidence/digest.ts';
import { DriftSeverity } from '../policy/policy.ts';

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

/** `class`, `object`, `path` and `by` are for the message alone. */
const ObservedDrift = z.object({
  id: z.string(),
  class: DriftClass.optional().catch(undefined),
  severity: DriftSeverity,
  object: z.unknown(),
  path: z.string(),
  by: z.object({ manager: z.string().optional(), changedAt: z.string().optional() }).optional(),
  ignoredBy: z.string().optional(),
});
export type ObservedDrift = z.infer<typeof ObservedDrift>;

export const LiveObservationBody = z.object({
  target: z.string(),
  complete: z.boolean(),
  gaps: z.array(z.string()),
  drift: z.array(ObservedDrift),
});
export type LiveObservationBody = z.infer<typeof LiveObservationBody>;

export const ExceptionBody = z.object({
  exception: z.string(),
  drift: z.array(z.string()),
  requestedBy: z.string(),
  approvedBy: z.array(z.string()),
  notBefore: z.string(),
  expiresAt: z.string(),
});
export type ExceptionBody = z.infer<typeof ExceptionBody>;

export const RevocationBody = z.object({ exception: z.string() });

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
