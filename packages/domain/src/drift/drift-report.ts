import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { Digest } from '../evidence/digest.ts';
import { DriftItem } from './drift-item.ts';
import { WatchCoverage } from './watch-coverage.ts';

const Count = z.int().min(0);

/** What one look at one target found. `desired.pending`: commits on the branch that are not delivered yet, newest first. */
export const DriftReport = z
  .object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('DriftReport'),
    environment: z.string(),
    target: z.string(),
    desired: z.object({ commit: z.string(), digest: Digest, pending: z.array(z.string()).readonly().exactOptional() }).readonly(),
    observedAt: z.string(),
    coverage: WatchCoverage,
    summary: z
      .object({
        objects: Count,
        image: Count,
        security: Count,
        config: Count,
        replicas: Count,
        metadata: Count,
        ignored: Count,
        excused: Count,
      })
      .readonly(),
    items: z.array(DriftItem).readonly(),
  })
  .readonly();
export type DriftReport = z.infer<typeof DriftReport>;
