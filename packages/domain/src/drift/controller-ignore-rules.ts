import type { ObservedDelivery } from '../delivery/delivery-observation.ts';
import { argoCdIgnoreRules } from './argocd-ignore-rules.ts';
import { fluxIgnoreRules } from './flux-ignore-rules.ts';
import type { ReadIgnoreRules } from './ignore-rule.ts';

/** What the target's controller is told to ignore, as our rules, and what of it we can't follow. */
export function controllerIgnoreRules({ controller, ignores }: Pick<ObservedDelivery, 'controller' | 'ignores'>): ReadIgnoreRules {
  return controller === 'argocd' ? argoCdIgnoreRules(ignores) : fluxIgnoreRules(ignores);
}
