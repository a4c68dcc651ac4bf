import {
  contractBlockers,
  deliveryTargets,
  NotFoundError,
  UpstreamError,
  type Blocker,
  type DeliveryTarget,
  type TargetContract,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { environmentPath } from '../service/environment-path.ts';

type Ports = Pick<EnginePorts, 'delivery'>;
type Declared = Pick<EnvironmentConfiguration, 'environment' | 'repository' | 'root'>;

/** Whether the environment's targets are what it declares. A controller that doesn't answer now is no blocker: its turn comes later. */
export async function checkContract({ delivery }: Ports, declared: Declared, now: Date): Promise<readonly Blocker[]> {
  const path = environmentPath(declared);
  const { branch } = declared.repository;
  const blockers: Blocker[] = [];
  for (const target of deliveryTargets(declared.environment)) {
    const found = await lookAt(delivery, target);
    if (found !== 'no-answer') blockers.push(...contractBlockers({ target, path, branch, found }, now));
  }
  return blockers;
}

async function lookAt(delivery: EnginePorts['delivery'], target: DeliveryTarget): Promise<TargetContract['found'] | 'no-answer'> {
  try {
    return await delivery[target.controller].observe(target);
  } catch (error) {
    if (error instanceof NotFoundError && error.code === 'cluster-unknown') return { kind: 'cluster-unknown' };
    if (error instanceof UpstreamError) return 'no-answer';
    throw error;
  }
}
