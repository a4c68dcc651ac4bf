import { ActorId, Approval, Digest, Promotion } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

/** Who approved this content, who else has said something and why it doesn't count, and what is still missing. */
export const ApprovalState = z.object({
  promotion: Promotion,
  content: Digest,
  required: z.number(),
  groups: z.array(z.string()).readonly(),
  verdict: z.enum(['met', 'short', 'rejected']),
  by: z.array(ActorId).readonly(),
  ignored: z.array(z.object({ by: ActorId, because: z.string() })).readonly(),
});
export type ApprovalState = Readonly<z.infer<typeof ApprovalState>>;

export const ApprovalList = listOf('ApprovalList', ApprovalState);

/** `content` is what was looked at: a decision on anything else is refused. */
export const DecideApproval = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  content: Digest,
  reason: z.string().min(1).max(2000).optional(),
});
export const DecidedApproval = z.object({ approval: Approval });
