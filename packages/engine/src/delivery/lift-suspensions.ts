import { FairleadError } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { fairleadActor } from '../promotion/promotion-evidence.ts';
import { liftSuspension } from './lift-suspension.ts';
import { readSuspensions } from './read-suspensions.ts';

type Ports = Pick<EnginePorts, 'store' | 'signer' | 'clock' | 'delivery'>;

/** Ends the suspensions whose time is over. What can't be reached now is tried again the next time; it is given back. */
export async function liftSuspensions(ports: Ports): Promise<readonly FairleadError[]> {
  const inForce = await ports.store.read((reader) => readSuspensions(reader));
  const now = ports.clock.now().toISOString();
  const faults: FairleadError[] = [];
  for (const { target, environment } of inForce.filter(({ until }) => until <= now)) {
    try {
      await liftSuspension(ports, { environment, target, reason: 'its time is over', onRecord: true }, fairleadActor);
    } catch (error) {
      // A cluster that the installation has no more keeps no other suspended.
      if (!(error instanceof FairleadError)) throw error;
      faults.push(error);
    }
  }
  return faults;
}
