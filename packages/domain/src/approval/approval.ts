import { z } from 'zod';
import { Actor } from '../evidence/actor.ts';
import { Digest } from '../evidence/digest.ts';
import { PromotionId } from '../promotion/promotion-id.ts';

/** One person's decision on one content. `content` is the digest that `approvedContent` gives; a decision on other content is stale. */
export const Approval = z.object({
  /** Of the evidence record. */
  record: Digest,
  promotion: PromotionId,
  decision: z.enum(['approve', 'reject']),
  content: Digest,
  actor: Actor,
  at: z.string(),
  reason: z.string().optional(),
});
export type Approval = Readonly<z.infer<typeof Approval>>;
