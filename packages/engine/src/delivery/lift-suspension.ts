import type { Actor, DeliveryTarget, EnvironmentId } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { SuspendOutcome } from '../ports/delivery.ts';
import { recordSuspension } from './record-suspension.ts';

interface Lifting {
  readonly environment: EnvironmentId;
  readonly target: DeliveryTarget;
  readonly reason: string;
  /** It was suspended by an act on record. */
  readonly onRecord: boolean;
}

/** The effect first, then the record: on record it would be over, and nobody would try again. Not suspended, or gone, is as good: what was on record ends with it. */
export async function liftSuspension(
  ports: Pick<EnginePorts, 'store' | 'signer' | 'clock' | 'delivery'>,
  { environment, target, reason, onRecord }: Lifting,
  actor: Actor,
): Promise<SuspendOutcome> {
  const outcome = await ports.delivery[target.controller].setSuspended(target, false);
  if (onRecord || outcome === 'done') await recordSuspension(ports, { action: 'resume', environment, target, reason }, actor);
  return outcome;
}
