import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Terminal } from '../terminal.ts';

/** A cluster that a command was pointed to. */
export interface ClusterAccess {
  readonly kubeconfig: string;
  readonly context?: string;
  readonly allowExec: boolean;
}

/** The options by which a command is pointed to a cluster. */
export const ClusterOptions = z.object({
  kubeconfig: z.string().min(1, 'is empty').optional(),
  context: z.string().min(1, 'is empty').optional(),
  allowExec: z.boolean().default(false),
});
type ClusterOptions = z.infer<typeof ClusterOptions>;

/** The cluster that was named, else the one that `kubectl` would speak to. */
export function clusterAccess({ kubeconfig, context, allowExec }: ClusterOptions, { cwd, env }: Terminal): ClusterAccess {
  const named = kubeconfig ?? env['KUBECONFIG']?.split(':').find((path) => path !== '');
  const path = named === undefined ? join(env['HOME'] ?? homedir(), '.kube/config') : resolve(cwd, named);
  return { kubeconfig: path, allowExec, ...(context === undefined ? {} : { context }) };
}
