import { z } from 'zod';
import { Blocker } from '../blocker/blocker.ts';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { DeliveryTarget } from '../delivery/delivery-target.ts';
import { FreeMap } from '../document/free-form.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { Actor, ActorId } from '../evidence/actor.ts';
import { Digest } from '../evidence/digest.ts';
import { OperationId, PromotionId } from './promotion-id.ts';
import { PromotionStatus } from './promotion-status.ts';

/** One operation of ours on one target. `asked` is there once it was accepted: what was sent, to be compared with what the controller kept. */
export const SyncAttempt = z.object({
  target: DeliveryTarget,
  operation: OperationId,
  revision: CommitSha,
  asked: FreeMap.optional(),
  requestedAt: z.string(),
});
export type SyncAttempt = Readonly<z.infer<typeof SyncAttempt>>;

/** A change carried through to its end. Times are RFC 3339 UTC. */
export const Promotion = z.object({
  id: PromotionId,
  kind: z.enum(['release', 'config', 'rollback']),
  service: z.string(),
  environment: EnvironmentId,
  release: z.object({ digest: Digest, version: z.string(), commit: CommitSha }),
  status: PromotionStatus,
  requestedBy: Actor,
  requestedAt: z.string(),
  plan: Digest,
  base: CommitSha,
  /** What an approval binds, see `approvedContent`. */
  content: z.object({ edits: Digest, before: z.union([Digest, z.literal('absent')]), after: Digest, policy: Digest }),
  branch: z.string(),
  /** The commit that we planned and pushed; any other head of the branch is not ours. */
  head: CommitSha.optional(),
  change: z.object({ number: z.number(), url: z.string() }).optional(),
  /** The quorum held for this content; taken back when a gate closes again. */
  approved: z.object({ content: Digest, by: z.array(ActorId).readonly(), at: z.string() }).optional(),
  mergeCommit: CommitSha.optional(),
  syncs: z.array(SyncAttempt).readonly(),
  /** As last judged; empty when it is Fairlead's turn. */
  blockers: z.array(Blocker).readonly(),
  /** Consecutive failures of the step that is due; success resets it. */
  failures: z.number(),
  lastFailure: z.object({ at: z.string(), code: z.string(), message: z.string() }).optional(),
  ended: z.object({ at: z.string(), reason: z.string() }).optional(),
  /** The bundle that was made of it when it had ended. `missing`: what it lacks to be a complete proof, by code. */
  bundle: z
    .object({ name: z.string(), digest: Digest, size: z.number(), missing: z.array(z.string()).readonly(), at: z.string() })
    .optional(),
});
export type Promotion = Readonly<z.infer<typeof Promotion>>;
