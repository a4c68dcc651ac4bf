import type { DeliveryTarget } from '@fairlead/domain';

export function sameTarget(one: DeliveryTarget, other: DeliveryTarget): boolean {
  return (
    one.cluster === other.cluster && one.namespace === other.namespace && one.name === other.name && one.controller === other.controller
  );
}

/** How records and messages name a target. */
export function targetName({ cluster, namespace, name }: DeliveryTarget): string {
  return `${cluster}/${namespace}/${name}`;
}
