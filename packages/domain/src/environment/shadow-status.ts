import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { Digest } from '../evidence/digest.ts';

/** What one target runs, by what the environment itself says at that commit: a release, or why it is none. */
const ShadowTarget = z.object({
  target: z.string(),
  commit: CommitSha.optional(),
  release: z.object({ digest: Digest, version: z.string() }).optional(),
  /** Why it is no release that we know. */
  reason: z.string().optional(),
  /** The newest record of it. */
  evidence: Digest.optional(),
});

/** An environment that Fairlead watches, and where it never promoted: it writes nothing there. */
export const ShadowStatus = z.object({ since: z.string(), targets: z.array(ShadowTarget).readonly() });
export type ShadowStatus = Readonly<z.infer<typeof ShadowStatus>>;
