import type { Quorum } from '@fairlead/domain';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';

/** How many people of which groups the environment's tier asks for. */
export function quorumOf({ environment, policy }: Pick<EnvironmentConfiguration, 'environment' | 'policy'>): Quorum {
  return policy.approvals[environment.spec.tier];
}
