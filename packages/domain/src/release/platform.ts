import { z } from 'zod';

/** `os/architecture` or `os/architecture/variant`, as OCI has it. */
export const Platform = z
  .string()
  .regex(/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9_.]+)?$/, 'expected a platform such as linux/amd64')
  .brand<'Platform'>();
export type Platform = z.infer<typeof Platform>;
