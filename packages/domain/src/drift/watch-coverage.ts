import { z } from 'zod';

/** One kind in one namespace (absent: cluster-scoped or all namespaces) that could not be looked at, and why. */
export const CoverageGap = z
  .object({
    group: z.string(),
    version: z.string(),
    kind: z.string(),
    namespace: z.string().exactOptional(),
    reason: z.string(),
    since: z.string(),
  })
  .readonly();
export type CoverageGap = z.infer<typeof CoverageGap>;

/** What was looked at. A kind that isn't among `kinds` and no gap was not asked for. */
export const WatchCoverage = z
  .object({
    /** `apps/v1/Deployment`, `v1/Service`. */
    kinds: z.array(z.string()).readonly(),
    namespaces: z.array(z.string()).readonly(),
    gaps: z.array(CoverageGap).readonly(),
  })
  .readonly();
export type WatchCoverage = z.infer<typeof WatchCoverage>;
