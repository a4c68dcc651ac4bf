import { deliveryTargets, NotFoundError, unprovenTarget, UpstreamError, type UnprovenRender } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { targetName } from './same-target.ts';

/** By what else than the commit the environment's controllers render. One that doesn't say is not taken for one that adds nothing. */
export async function unprovenTargets(
  { delivery }: Pick<EnginePorts, 'delivery'>,
  { environment }: Pick<EnvironmentConfiguration, 'environment'>,
): Promise<readonly UnprovenRender[]> {
  const found: UnprovenRender[] = [];
  for (const target of deliveryTargets(environment)) {
    try {
      const seen = await delivery[target.controller].observe(target);
      if (seen.kind === 'observed') found.push(...unprovenTarget(seen));
    } catch (error) {
      if (!(error instanceof UpstreamError) && !(error instanceof NotFoundError)) throw error;
      found.push({ target: targetName(target), reason: 'its controller could not be asked how it renders' });
    }
  }
  return found;
}
