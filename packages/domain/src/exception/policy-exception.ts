import { z } from 'zod';
import { DriftId } from '../drift/drift-item.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { ActorId } from '../evidence/actor.ts';
import { Digest } from '../evidence/digest.ts';

/** `x-<ulid>`. */
export const ExceptionId = z
  .string()
  .regex(/^x-[0-9a-hjkmnp-tv-z]{26}$/, 'expected x- and a lower-case ULID')
  .brand<'ExceptionId'>();
export type ExceptionId = z.infer<typeof ExceptionId>;

/** A scoped, approved, expiring waiver of named differences in one environment. Times are RFC 3339. */
export const PolicyException = z
  .object({
    id: ExceptionId,
    environment: EnvironmentId,
    drift: z.array(DriftId).min(1).readonly(),
    reason: z.string(),
    ticket: z.string().exactOptional(),
    requestedBy: ActorId,
    requestedAt: z.string(),
    approvals: z.array(z.object({ by: ActorId, at: z.string() })).readonly(),
    notBefore: z.string(),
    expiresAt: z.string(),
    revoked: z.object({ by: ActorId, at: z.string(), reason: z.string() }).readonly().exactOptional(),
    /** Every record of it, oldest first: the request, each approval, the revocation. */
    records: z.array(Digest).min(1).readonly(),
  })
  .readonly();
export type PolicyException = z.infer<typeof PolicyException>;

export type ExceptionStatus = 'requested' | 'scheduled' | 'in-force' | 'expired' | 'revoked';

/** Where it stands at a time. The rule of `docs/spec/readiness.md`: approved by another person, begun, not over, not revoked. */
export function exceptionStatus({ revoked, approvals, requestedBy, notBefore, expiresAt }: PolicyException, at: Date): ExceptionStatus {
  if (revoked !== undefined) return 'revoked';
  if (at.getTime() >= Date.parse(expiresAt)) return 'expired';
  if (!approvals.some(({ by }) => by !== requestedBy)) return 'requested';
  return at.getTime() < Date.parse(notBefore) ? 'scheduled' : 'in-force';
}
