import { z } from 'zod';

const lowerUlid = '[0-9a-hjkmnp-tv-z]{26}';

/** `p-<ulid>`, lower case: safe in labels and branch names. */
export const PromotionId = z
  .string()
  .regex(new RegExp(`^p-${lowerUlid}$`), 'expected p- and a lower-case ULID')
  .brand<'PromotionId'>();
export type PromotionId = z.infer<typeof PromotionId>;

/** `op-<ulid>`: one controller operation that we asked for. */
export const OperationId = z
  .string()
  .regex(new RegExp(`^op-${lowerUlid}$`), 'expected op- and a lower-case ULID')
  .brand<'OperationId'>();
export type OperationId = z.infer<typeof OperationId>;
