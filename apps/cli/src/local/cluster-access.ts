import { z } from 'zod';
import type { ClusterAccess } from './wire.ts';

/** The options by which a command is pointed to a cluster. */
export const ClusterOptions = z.object({
  kubeconfig: z.string().min(1, 'is empty').optional(),
  context: z.string().min(1, 'is empty').optional(),
  allowExec: z.boolean().default(false),
});
type ClusterOptions = z.infer<typeof ClusterOptions>;

/** `kubeconfig`: which file, of what was given and where else to look. */
export function clusterAccess({ context, allowExec }: ClusterOptions, kubeconfig: string): ClusterAccess {
  return { kubeconfig, allowExec, ...(context === undefined ? {} : { context }) };
}
