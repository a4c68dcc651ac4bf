import { z } from 'zod';

export const Tier = z.enum(['dev', 'staging', 'production']);
export type Tier = z.infer<typeof Tier>;
