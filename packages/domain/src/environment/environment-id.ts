import { z } from 'zod';

const name = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

/** `service/environment`. */
export const EnvironmentId = z
  .string()
  .regex(new RegExp(`^${name}/${name}$`), 'expected service/environment')
  .brand<'EnvironmentId'>();
export type EnvironmentId = z.infer<typeof EnvironmentId>;
