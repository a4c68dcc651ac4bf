import type { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { argoCdDelivery } from '@fairlead/adapters/delivery/argocd';
import { fluxDelivery } from '@fairlead/adapters/delivery/flux';
import type { EnginePorts } from '@fairlead/engine';
import type { Log } from '../log.ts';

/** Every controller that an environment can name. */
export function deliveriesOf(clusters: ReturnType<typeof kubernetesClusters>, log: Log): EnginePorts['delivery'] {
  const options = {
    clusters,
    onWatchError: (error: unknown): void => {
      log('watch-failed', { error });
    },
  };
  return { argocd: argoCdDelivery(options), flux: fluxDelivery(options) };
}
