import type { Controller, DeliveryTarget, DiscoveredTarget } from '@fairlead/domain';

/** A controller object that delivers an environment, or should. Without `source` it is declared, and the cluster has none that does. */
export interface DeliveringTarget extends Partial<Pick<DiscoveredTarget, 'source' | 'destination' | 'automatedSync'>> {
  readonly controller: Controller;
  readonly namespace: string;
  readonly name: string;
  /** `unknown`: nobody declared the environment. */
  readonly declared: 'yes' | 'no' | 'unknown';
}

/** What delivers, held against what is declared to. The cluster's names don't count: there is only the one that was looked at. */
export function deliveringTargets(
  found: readonly DiscoveredTarget[],
  declared: readonly DeliveryTarget[] | undefined,
): readonly DeliveringTarget[] {
  const keys = new Set(declared?.map(keyOf));
  const there = found.map(({ target, source, destination, automatedSync }): DeliveringTarget => {
    const { controller, namespace, name } = target;
    const isDeclared = declared === undefined ? 'unknown' : keys.has(keyOf(target)) ? 'yes' : 'no';
    return { controller, namespace, name, declared: isDeclared, source, destination, automatedSync };
  });
  const seen = new Set(found.map(({ target }) => keyOf(target)));
  const absent = (declared ?? []).filter((target) => !seen.has(keyOf(target)));
  return [
    ...there,
    ...absent.map(({ controller, namespace, name }): DeliveringTarget => ({ controller, namespace, name, declared: 'yes' })),
  ];
}

function keyOf({ controller, namespace, name }: DeliveryTarget): string {
  return `${controller}/${namespace}/${name}`;
}
