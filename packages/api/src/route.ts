import type { z } from 'zod';
import type { Permission } from './permission.ts';

/** One row of the route table. Schemas have no transforms: what goes in is what comes out. `open` needs no sign-in. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Under `/api/v1`; `:name` is a parameter. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly permission: Permission | 'open' | 'signed-in';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** The status of success. */
  readonly status: 200 | 201;
}
