import type { Call } from '@fairlead/api';
import { InvariantError, type EnvironmentId, type EnvironmentStatus } from '@fairlead/domain';
import { lookUntil } from './look-until.ts';

export interface StatusOf {
  readonly environment: EnvironmentId;
  readonly call: Call;
  /** Throws where the user wants to stop. */
  readonly checkpoint: () => void;
}

/** An environment's status as soon as it is enough, or the last one that was seen. */
export function statusWhen(of: StatusOf, enough: (status: EnvironmentStatus) => boolean): Promise<EnvironmentStatus> {
  const [service, environment] = of.environment.split('/');
  return lookUntil(
    of,
    async () => {
      const [status] = (await of.call('listStatus', { query: { service, environment } })).items;
      if (status === undefined) throw new InvariantError('status-unknown', `${of.environment} has no status`);
      return status;
    },
    enough,
  );
}
