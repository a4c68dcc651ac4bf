import { z } from 'zod';
import { PromotionId } from './promotion-id.ts';

/** Every effect that a promotion has on the outside, in the order in which they come. The crash suite walks this list. */
export const effectSteps = [
  'push-branch',
  'open-change',
  'merge-change',
  'request-sync',
  'run-validation',
  'close-change',
  'keep-bundle',
] as const;
export const EffectStep = z.enum(effectSteps);
export type EffectStep = z.infer<typeof EffectStep>;

/** An effect is authorised when its intent commits; an intent without `result` is settled by asking the world. `key` is unique in a promotion. */
export const JournalEntry = z.object({
  promotion: PromotionId,
  step: EffectStep,
  key: z.string().min(1),
  intendedAt: z.string(),
  result: z.object({ at: z.string(), how: z.enum(['acted', 'failed']), detail: z.string() }).optional(),
});
export type JournalEntry = Readonly<z.infer<typeof JournalEntry>>;
