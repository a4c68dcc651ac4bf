import type { z } from 'zod';
import { label } from '../document/label.ts';
import type { ServiceName } from '../service/service-name.ts';
import { EnvironmentId } from './environment-id.ts';

export const EnvironmentName = label('environment name').brand<'EnvironmentName'>();
export type EnvironmentName = z.infer<typeof EnvironmentName>;

export function environmentId(service: ServiceName, environment: EnvironmentName): EnvironmentId {
  return EnvironmentId.parse(`${service}/${environment}`);
}
