import { z } from 'zod';

/** `planned → proposed → approved → merged → syncing → synced → validating → ready`; the last four are other ends. */
export const PromotionStatus = z.enum([
  'planned',
  'proposed',
  'approved',
  'merged',
  'syncing',
  'synced',
  'validating',
  'ready',
  'failed',
  'replaced',
  'aborted',
  'rolled-back',
]);
export type PromotionStatus = z.infer<typeof PromotionStatus>;

const ends: ReadonlySet<PromotionStatus> = new Set(['ready', 'failed', 'replaced', 'aborted', 'rolled-back']);
const beforeMerge: ReadonlySet<PromotionStatus> = new Set(['planned', 'proposed', 'approved']);

export function hasEnded(status: PromotionStatus): boolean {
  return ends.has(status);
}

export function isBeforeMerge(status: PromotionStatus): boolean {
  return beforeMerge.has(status);
}
