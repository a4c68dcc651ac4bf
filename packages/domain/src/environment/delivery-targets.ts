import type { DeliveryTarget } from '../delivery/delivery-target.ts';
import type { Environment } from './environment.ts';

/** The environment's targets, in the order in which they are delivered. */
export function deliveryTargets({ spec: { delivery } }: Environment): readonly DeliveryTarget[] {
  return delivery.controller === 'argocd'
    ? delivery.targets.map(({ application: name, ...where }) => ({ controller: 'argocd', ...where, name }))
    : delivery.targets.map(({ kustomization: name, ...where }) => ({ controller: 'flux', ...where, name }));
}
