import type { DeliveryTarget } from '@fairlead/domain';
import type { Watching } from '@fairlead/engine';
import { watchNames } from '../../http/kubernetes/watch-names.ts';
import { applicationsPath } from './client.ts';
import type { ArgoCdOptions } from './options.ts';

interface Watched {
  readonly cluster: string;
  readonly namespace: string;
  readonly changed: (target: DeliveryTarget) => void;
}

/** Ends only when stopped. */
export function watchApplications({ cluster, namespace, changed }: Watched, options: ArgoCdOptions): Watching {
  return watchNames(
    {
      kubeConfig: options.clusters.kubeConfig(cluster),
      path: applicationsPath(namespace),
      doing: `watching the applications of ${namespace} on cluster ${cluster}`,
      changed({ name }) {
        changed({ controller: 'argocd', cluster, namespace, name });
      },
    },
    options,
  );
}
