import type { UnprovenRender } from '../desired-state/unproven-render.ts';
import type { ObservedDelivery } from './delivery-observation.ts';

/** Options of the controller's own object by which it renders otherwise than the commit alone says. */
export function unprovenTarget({ target, rendersBy = [] }: ObservedDelivery): readonly UnprovenRender[] {
  if (rendersBy.length === 0) return [];
  const { cluster, namespace, name } = target;
  return [{ target: `${cluster}/${namespace}/${name}`, reason: `it renders by ${rendersBy.join(', ')}, too, which is not in the commit` }];
}
