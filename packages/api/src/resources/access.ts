import { z } from 'zod';
import { Role } from '../permission.ts';

/** `environments` absent: all of them. `days` until it expires. */
export const CreateToken = z.strictObject({
  user: z.string().regex(/^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/, 'expected a user name: lower-case letters, digits, . _ -'),
  role: Role,
  environments: z.array(z.string().min(1)).readonly().optional(),
  days: z.number().int().min(1).max(366).optional(),
});

/** The token is shown once and never stored. */
export const CreatedToken = z.object({
  id: z.string(),
  user: z.string(),
  role: Role,
  environments: z.array(z.string()).readonly().optional(),
  expiresAt: z.string(),
  token: z.string(),
});

/** Trades a one-time link's code for a token. */
export const SignIn = z.strictObject({ code: z.string().min(10).max(200) });

export const Session = z.object({
  user: z.string(),
  role: Role,
  environments: z.array(z.string()).readonly().optional(),
  expiresAt: z.string(),
});
