import { DriftId, PolicyException } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

/** With where it stands now, and the differences that it excuses at the moment. */
export const ExceptionView = z.object({
  ...PolicyException.unwrap().shape,
  status: z.enum(['requested', 'scheduled', 'in-force', 'expired', 'revoked']),
  uses: z.array(DriftId).readonly(),
});
export type ExceptionView = Readonly<z.infer<typeof ExceptionView>>;

export const ExceptionList = listOf('ExceptionList', ExceptionView);

/** For differences of one environment. Times are RFC 3339 UTC; the end is bounded by policy. */
export const RequestException = z.strictObject({
  drift: z.array(DriftId).min(1).max(100).readonly(),
  reason: z.string().min(3).max(2000),
  ticket: z.string().min(1).max(200).optional(),
  notBefore: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime(),
});

export const RevokeException = z.strictObject({ reason: z.string().min(3).max(2000) });
