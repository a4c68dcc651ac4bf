import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { WatchCoverage } from '../drift/watch-coverage.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { Digest } from '../evidence/digest.ts';
import { DriftSeverity } from '../policy/policy.ts';

/** What one target's live objects were compared with, and how much of them could be seen. Written where it changes; how fresh it is, the observer's lease says. */
export const TargetObservation = z
  .object({
    environment: EnvironmentId,
    /** As records name it: `cluster/namespace/name` of the controller's object. */
    target: z.string(),
    /** Where the objects live. */
    cluster: z.string(),
    /** Which process watched. */
    observer: z.string(),
    /** `pending`: commits on the branch that are not delivered yet, newest first. */
    desired: z
      .object({ commit: CommitSha, digest: Digest, pending: z.array(CommitSha).readonly().exactOptional() })
      .readonly()
      .exactOptional(),
    /** Over what the controller says it manages, by identity. */
    inventory: Digest.exactOptional(),
    /** Everything was seen once, and nothing is hidden now. */
    complete: z.boolean(),
    coverage: WatchCoverage,
    /** Why there is nothing to compare. */
    problem: z.string().exactOptional(),
    objects: z.int().min(0),
    at: z.string(),
  })
  .readonly();
export type TargetObservation = z.infer<typeof TargetObservation>;

/** Of the differences that are open and that no rule ignores. `observedAt`: as of when, of the target that was silent for the longest; absent where one was never seen. */
export const DriftSummary = z
  .object({ open: z.int().min(0), worst: DriftSeverity.exactOptional(), excused: z.int().min(0), observedAt: z.string().exactOptional() })
  .readonly();
export type DriftSummary = z.infer<typeof DriftSummary>;
