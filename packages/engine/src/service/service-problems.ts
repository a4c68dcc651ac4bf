import type { Problem } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { everyService } from './environment-configuration.ts';

/** What is wrong with documents on the protected branches. A service with one wrong document isn't loaded at all, so without this it would just be missing. */
export async function serviceProblems(ports: Pick<EnginePorts, 'repositories'>): Promise<readonly Problem[]> {
  return (await everyService(ports, 'as-last-fetched')).invalid.flatMap(({ problems }) => problems);
}
