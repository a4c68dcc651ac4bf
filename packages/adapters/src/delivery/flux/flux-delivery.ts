import { InvalidError } from '@fairlead/domain';
import type { Delivery } from '@fairlead/engine';

function refuse(): Promise<never> {
  return Promise.reject(
    new InvalidError('controller-unsupported', 'this environment is delivered by flux', { hint: 'this version delivers by argocd' }),
  );
}

/** Flux is not read yet: every use of it is refused. */
export function fluxDelivery(): Delivery {
  return {
    capabilities: { manualSync: false, syncToRevision: false, windows: false, hooks: false },
    observe: refuse,
    requestSync: refuse,
    requestRefresh: refuse,
    watch: refuse,
    discover: refuse,
  };
}
