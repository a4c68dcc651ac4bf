import { z } from 'zod';

/** Somebody's cluster, where the real controllers run, and a repository that they and this machine reach. CONTRIBUTING.md says how to prepare them. */
const Variables = z.object({
  FAIRLEAD_E2E_KUBECONFIG: z.string(),
  FAIRLEAD_E2E_GIT_URL: z.string(),
  FAIRLEAD_E2E_CONTROLLER: z.enum(['argocd', 'flux']).default('argocd'),
  FAIRLEAD_E2E_CONTROLLER_NAMESPACE: z.string().exactOptional(),
  FAIRLEAD_E2E_NAMESPACE: z.string().default('fairlead-e2e'),
});

export interface OwnCluster {
  readonly kubeconfigPath: string;
  readonly gitUrl: string;
  readonly controller: 'argocd' | 'flux';
  readonly controllerNamespace: string;
  readonly namespace: string;
}

export const controllerNamespaces = { argocd: 'argocd', flux: 'flux-system' } as const;

/** Absent: the journeys run on test clusters. */
export function ownCluster(env: NodeJS.ProcessEnv): OwnCluster | undefined {
  if (env['FAIRLEAD_E2E_KUBECONFIG'] === undefined) return undefined;
  const given = Variables.parse(env);
  return {
    kubeconfigPath: given.FAIRLEAD_E2E_KUBECONFIG,
    gitUrl: given.FAIRLEAD_E2E_GIT_URL,
    controller: given.FAIRLEAD_E2E_CONTROLLER,
    controllerNamespace: given.FAIRLEAD_E2E_CONTROLLER_NAMESPACE ?? controllerNamespaces[given.FAIRLEAD_E2E_CONTROLLER],
    namespace: given.FAIRLEAD_E2E_NAMESPACE,
  };
}
