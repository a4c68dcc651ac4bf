import { z } from 'zod';

/** A kubeconfig, and what environments call its cluster: `east=east.yaml`, or the file alone. */
export const KubeconfigNamed = z
  .string()
  .min(1, 'is empty')
  .transform((words): { readonly cluster?: string; readonly path: string } => {
    const [, cluster, path] = /^([a-z0-9][a-z0-9.-]*)=(.+)$/s.exec(words) ?? [];
    return cluster === undefined || path === undefined ? { path: words } : { cluster, path };
  });
