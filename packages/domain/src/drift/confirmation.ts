import { z } from 'zod';
import type { JsonObject } from '../document/json.ts';

/** What the API server says of a difference, asked by a dry run of what is declared. `refuted`: applying it would change nothing there. `unanswered`: it didn't
 *  take the question. */
export const Confirmation = z
  .object({ verdict: z.enum(['confirmed', 'refuted', 'unanswered']), reason: z.string().exactOptional() })
  .readonly();

/** What an API server made of an object that was applied for show. */
export type DryApplied = { readonly kind: 'applied'; readonly object: JsonObject } | { readonly kind: 'refused'; readonly reason: string };
