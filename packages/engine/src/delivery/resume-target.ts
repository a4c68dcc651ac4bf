import { InvalidError, deliveryTargets, type Actor, type DeliveryTarget, type EnvironmentId } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';
import { liftSuspension } from './lift-suspension.ts';
import { readSuspensions } from './read-suspensions.ts';
import { sameTarget } from './same-target.ts';
import { targetNamed } from './target-named.ts';

interface ResumeRequest {
  readonly environment: EnvironmentId;
  /** As records name it, `cluster/namespace/name`; not needed where the environment has one target. */
  readonly target?: string;
  readonly reason: string;
  readonly dryRun?: boolean;
}

/** `not-suspended`: nothing kept its controller from it. */
interface ResumedTarget {
  readonly kind: 'resumed' | 'not-suspended' | 'planned';
  readonly target: DeliveryTarget;
}

type Ports = Pick<EnginePorts, 'store' | 'signer' | 'clock' | 'delivery' | 'repositories'>;

/** Lets the controller at the target again, whoever suspended it; on record, with the reason. A target that is suspended on record can be resumed after the
 *  environment has dropped it. */
export async function resumeTarget(ports: Ports, request: ResumeRequest, actor: Actor): Promise<ResumedTarget> {
  const { environment, reason, dryRun = false } = request;
  if (reason.trim() === '') throw new InvalidError('reason-missing', 'a resumption needs a reason', { hint: 'say why, with --reason' });
  const declared = deliveryTargets((await environmentConfiguration(ports, environment)).environment);
  const suspended = (await ports.store.read((reader) => readSuspensions(reader, environment))).map(({ target }) => target);
  const dropped = suspended.filter((target) => !declared.some((one) => sameTarget(one, target)));
  const target = targetNamed(request, [...declared, ...dropped]);
  if (dryRun) return { kind: 'planned', target };

  const onRecord = suspended.some((one) => sameTarget(one, target));
  const outcome = await liftSuspension(ports, { environment, target, reason, onRecord }, actor);
  return { kind: outcome === 'done' ? 'resumed' : 'not-suspended', target };
}
