import { PromotionId } from '@fairlead/domain';
import { z } from 'zod';
import { queryOf } from './client.ts';
import type { Permission } from './permission.ts';

/** A promotion's bundle. Not in the route table: its answer is an archive, sent as it is made. `since` is the signed note of a checkpoint; `kept` asks for the one
 *  that was made when the promotion ended, the same bytes for everybody. */
export const bundleRoute = {
  path: '/api/v1/promotions/:id/bundle',
  permission: 'evidence:read' satisfies Permission,
  params: z.object({ id: PromotionId }),
  query: z.object({
    audience: z.enum(['full', 'tenant']).default('full'),
    since: z.string().max(4096).optional(),
    kept: z.literal('true').optional(),
  }),
  /** The header that lists what the bundle lacks, by code. */
  missingHeader: 'fairlead-missing',
} as const;

export interface BundleQuery {
  readonly audience: 'full' | 'tenant';
  readonly since?: string;
  readonly kept?: 'true';
}

export function bundlePath(id: PromotionId, query: BundleQuery): string {
  return bundleRoute.path.replace(':id', id) + queryOf({ ...query });
}
