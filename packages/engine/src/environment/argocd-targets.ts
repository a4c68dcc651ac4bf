import { InvalidError, type DeliveryTarget, type Environment } from '@fairlead/domain';

/** The environment's targets, in order. This version delivers by Argo CD alone. */
export function argoCdTargets({ metadata, spec }: Environment): readonly DeliveryTarget[] {
  if (spec.delivery.controller === 'argocd') return spec.delivery.targets;
  throw new InvalidError('controller-unsupported', `environment ${metadata.name} is delivered by ${spec.delivery.controller}`, {
    hint: 'this version delivers by argocd',
  });
}
