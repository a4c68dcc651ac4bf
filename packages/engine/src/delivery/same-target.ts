import type { DeliveryTarget } from '@fairlead/domain';

export function sameTarget(one: DeliveryTarget, other: DeliveryTarget): boolean {
  return one.cluster === other.cluster && one.namespace === other.namespace && one.application === other.application;
}

/** How records and messages name a target. */
export function targetName({ cluster, namespace, application }: DeliveryTarget): string {
  return `${cluster}/${namespace}/${application}`;
}
