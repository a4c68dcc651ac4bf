import { z } from 'zod';

export const apiVersion = 'fairlead.dev/v1';

/** The shape of every list: items by page, and a cursor while there are more. */
export function listOf<K extends string, T extends z.ZodType>(
  kind: K,
  item: T,
): z.ZodObject<{
  apiVersion: z.ZodLiteral<typeof apiVersion>;
  kind: z.ZodLiteral<K>;
  items: z.ZodReadonly<z.ZodArray<T>>;
  nextCursor: z.ZodOptional<z.ZodString>;
}> {
  return z.object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal(kind),
    items: z.array(item).readonly(),
    nextCursor: z.string().optional(),
  });
}

export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/, 'expected a number from 1 to 999')
    .optional(),
});
