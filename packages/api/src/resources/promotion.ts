import { FreeMap, Promotion } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

export const PromotionList = listOf('PromotionList', Promotion);

/** `release` is a digest, or a version of the service. */
export const StartPromotion = z.strictObject({
  service: z.string().min(1),
  environment: z.string().min(1),
  release: z.string().min(1),
  dryRun: z.boolean().optional(),
});

/** `planned` for a dry run; `exists` where an equal one is open. A refused start is a problem `promotion-refused` with its blockers. */
export const StartedPromotion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), promotion: Promotion }),
  z.object({ kind: z.literal('exists'), promotion: Promotion }),
  z.object({ kind: z.literal('planned'), plan: FreeMap, summary: z.string() }),
  z.object({ kind: z.literal('nothing-to-do'), message: z.string() }),
]);
export type StartedPromotion = Readonly<z.infer<typeof StartedPromotion>>;

/** The promotion with its plan as people read it. */
export const PromotionDetail = z.object({ promotion: Promotion, summary: z.string() });
