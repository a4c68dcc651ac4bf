import { InvalidError } from '@fairlead/domain';
import type { Delivery, DeliveryCapabilities } from '@fairlead/engine';

function refuse(): Promise<never> {
  return Promise.reject(
    new InvalidError('controller-unsupported', 'this environment is delivered by flux', { hint: 'this version delivers by argocd' }),
  );
}

const fluxCapabilities: DeliveryCapabilities = {
  manualSync: false,
  syncToRevision: false,
  partialSync: false,
  actorInHistory: false,
  windows: false,
  driftWhilePaused: false,
  continuousHealth: false,
  hooks: false,
};

/** Flux is not read yet: every use of it is refused. */
export function fluxDelivery(): Delivery {
  return {
    capabilities: fluxCapabilities,
    observe: refuse,
    requestSync: refuse,
    requestRefresh: refuse,
    watch: refuse,
    discover: refuse,
    setSuspended: refuse,
  };
}
