import type { Promotion } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { Claim } from '../ports/claims.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';

/** What one step of a promotion works with: the promotion as stored, the claim on it, and its configuration on the protected branch now. */
export interface PromotionContext {
  readonly ports: EnginePorts;
  readonly promotion: Promotion;
  readonly claim: Claim;
  readonly configuration: EnvironmentConfiguration;
}
