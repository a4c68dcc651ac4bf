import { NotFoundError, type DeliveryTarget, type EnvironmentId } from '@fairlead/domain';
import { targetName } from './same-target.ts';

interface NamedTarget {
  readonly environment: EnvironmentId;
  /** As records name it, `cluster/namespace/name`; not needed where there is one target. */
  readonly target?: string;
}

/** Throws `NotFoundError` (`target-unknown`), also where there are several and none is named. */
export function targetNamed({ environment, target }: NamedTarget, targets: readonly DeliveryTarget[]): DeliveryTarget {
  const [only, ...more] = targets;
  const found = target === undefined && more.length === 0 ? only : targets.find((one) => targetName(one) === target);
  if (found !== undefined) return found;
  const message =
    target === undefined ? `environment ${environment} has several targets` : `environment ${environment} has no target ${target}`;
  throw new NotFoundError('target-unknown', message, { hint: `name one of ${targets.map(targetName).join(', ')}` });
}
