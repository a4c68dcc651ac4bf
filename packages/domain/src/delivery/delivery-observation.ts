import type { DeliveryTarget } from './delivery-target.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { ObservedFlux } from './observed-flux.ts';

/** One look at a target. The adapter maps vendor fields and never judges. */
export type DeliveryObservation =
  { readonly kind: 'absent'; readonly target: DeliveryTarget; readonly observedAt: string } | ObservedDelivery;

export type ObservedDelivery = ObservedArgoCd | ObservedFlux;
