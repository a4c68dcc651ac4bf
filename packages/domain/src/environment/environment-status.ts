import { z } from 'zod';
import { Blocker } from '../blocker/blocker.ts';
import { Controller } from '../delivery/delivery-target.ts';
import { Suspension } from '../delivery/suspension.ts';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { Digest } from '../evidence/digest.ts';
import { DriftSummary } from '../observation/target-observation.ts';
import { PromotionId } from '../promotion/promotion-id.ts';
import { ShadowStatus } from './shadow-status.ts';

const Intended = z.object({ release: Digest, version: z.string(), commit: CommitSha, since: z.string(), promotion: PromotionId });

const DeliveredTarget = z.object({
  controller: Controller,
  cluster: z.string(),
  /** The controller object's name. */
  application: z.string(),
  revision: z.string(),
  sync: z.string(),
  health: z.string(),
  verdict: z.string(),
  observedAt: z.string(),
});

/** The read model of one environment, written by the use case that changes it: what is meant, what was delivered, what runs, whether it is ready. */
export const EnvironmentStatus = z.object({
  service: z.string(),
  environment: z.string(),
  tier: z.enum(['dev', 'staging', 'production']),
  intended: Intended.optional(),
  delivered: z.object({ verdict: z.string(), targets: z.array(DeliveredTarget).readonly() }),
  /** There where nothing was ever promoted: the environment is watched, and no more. */
  shadow: ShadowStatus.optional(),
  /** Targets that their controllers are kept from, by acts on record. */
  suspensions: z.array(Suspension).readonly().optional(),
  live: z
    .array(z.object({ component: z.string(), expected: z.string(), running: z.array(z.string()).readonly(), match: z.boolean() }))
    .readonly(),
  routes: z.array(z.object({ phase: z.string(), check: z.string(), verdict: z.string(), at: z.string() })).readonly(),
  validation: z
    .array(
      z.object({
        phase: z.string(),
        attempt: z.number(),
        verdict: z.string(),
        revision: z.string(),
        at: z.string(),
        evidence: Digest.optional(),
      }),
    )
    .readonly(),
  /** Absent where nobody observes. */
  drift: DriftSummary.optional(),
  readiness: z.object({
    verdict: z.enum(['ready', 'blocked', 'unknown']),
    asOf: z.string(),
    blockers: z.array(Blocker).readonly(),
    evidence: Digest.optional(),
  }),
  promotion: z.object({ id: PromotionId, status: z.string() }).optional(),
});
export type EnvironmentStatus = Readonly<z.infer<typeof EnvironmentStatus>>;
