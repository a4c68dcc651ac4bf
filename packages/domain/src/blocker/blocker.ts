import { z } from 'zod';

/** The gates a promotion or an environment may stand before, in the order in which they are judged and shown. */
export const Gate = z.enum([
  'plan',
  'order',
  'release',
  'contract',
  'desired-state',
  'change',
  'approval',
  'migration',
  'merge',
  'delivery',
  'live-digests',
  'drift',
  'validation',
  'route-health',
  'readiness',
  'evidence',
]);
export type Gate = z.infer<typeof Gate>;

/** Why a gate isn't met: the same value in the CLI, the API and the status page. `at` is when it was judged, `since` when it began, RFC 3339. */
export const Blocker = z.object({
  gate: Gate,
  code: z.string().min(1),
  message: z.string().min(1),
  since: z.string(),
  expected: z.string(),
  observed: z.string().optional(),
  who: z.array(z.string()).readonly(),
  fix: z.string(),
  link: z.string().optional(),
});
export type Blocker = Readonly<z.infer<typeof Blocker>>;
