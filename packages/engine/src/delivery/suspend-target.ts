import {
  InvalidError,
  controllerKind,
  deliveryTargets,
  type Actor,
  type DeliveryTarget,
  type EnvironmentId,
  type ObservedFlux,
  type Suspension,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';
import { readSuspensions } from './read-suspensions.ts';
import { recordSuspension } from './record-suspension.ts';
import { sameTarget, targetName } from './same-target.ts';
import { targetNamed } from './target-named.ts';

interface SuspendRequest {
  readonly environment: EnvironmentId;
  /** As records name it, `cluster/namespace/name`; not needed where the environment has one target. */
  readonly target?: string;
  readonly reason: string;
  readonly until: Date;
  readonly dryRun?: boolean;
}

type SuspendedTarget =
  /** `exists`: the same act is in force already. */
  | { readonly kind: 'suspended' | 'exists'; readonly suspension: Suspension }
  | { readonly kind: 'planned'; readonly target: DeliveryTarget; readonly until: string }
  | SuspensionRefusal;

interface SuspensionRefusal {
  readonly kind: 'refused';
  readonly code: 'target-absent' | 'suspended-by-others' | 'suspension-unsupported';
  readonly message: string;
  readonly fix: string;
}

type Ports = Pick<EnginePorts, 'store' | 'signer' | 'clock' | 'delivery' | 'repositories'>;

/** Keeps a controller from touching a target until a time, with a reason. Controllers keep neither who, why nor how long, so it is on record before it happens.
 *  Asked for again, with another time or reason, the new one counts from then on. */
export async function suspendTarget(ports: Ports, request: SuspendRequest, actor: Actor): Promise<SuspendedTarget> {
  const { environment, reason } = request;
  const planned = await planSuspension(ports, request);
  if (planned.kind !== 'planned' || request.dryRun === true) return planned;
  const { target, until } = planned;

  const since = await recordSuspension(ports, { action: 'suspend', environment, target, reason, until }, actor);
  const outcome = await ports.delivery[target.controller].setSuspended(target, true);
  if (outcome === 'done' || outcome === 'already-so') {
    return { kind: 'suspended', suspension: { environment, target, reason, by: actor.id, since, until } };
  }
  await recordSuspension(ports, { action: 'resume', environment, target, reason: `not carried out: ${outcome}` }, actor);
  return outcome === 'absent' ? absentTarget(target) : unsupported(target);
}

async function planSuspension(ports: Ports, request: SuspendRequest): Promise<SuspendedTarget> {
  const { environment, reason } = request;
  const configuration = await environmentConfiguration(ports, environment);
  requireBounded(request, ports.clock.now(), configuration.policy.exceptions.maxDurationMs);
  const target = targetNamed(request, deliveryTargets(configuration.environment));
  const until = request.until.toISOString();

  const seen = await suspendable(ports, target);
  if ('code' in seen) return seen;
  const inForce = await ports.store.read((reader) => readSuspensions(reader, environment));
  const ours = inForce.find((suspension) => sameTarget(suspension.target, target));
  if (!seen.suspended) return { kind: 'planned', target, until };
  if (ours === undefined) return byOthers(target, environment);
  return ours.until === until && ours.reason === reason ? { kind: 'exists', suspension: ours } : { kind: 'planned', target, until };
}

/** Only of a controller that syncs by itself: one that waits to be asked is kept from a target by not asking it. */
async function suspendable({ delivery }: Ports, target: DeliveryTarget): Promise<ObservedFlux | SuspensionRefusal> {
  const seen = await delivery[target.controller].observe(target);
  if (seen.kind === 'absent') return absentTarget(target);
  return seen.controller === 'flux' ? seen : unsupported(target);
}

function absentTarget(target: DeliveryTarget): SuspensionRefusal {
  const { cluster, namespace, name, controller } = target;
  return {
    kind: 'refused',
    code: 'target-absent',
    message: `cluster ${cluster} has no ${controllerKind[controller]} ${namespace}/${name}`,
    fix: 'create it, or correct the target of the environment',
  };
}

function unsupported(target: DeliveryTarget): SuspensionRefusal {
  return {
    kind: 'refused',
    code: 'suspension-unsupported',
    message: `${controllerKind[target.controller]} ${targetName(target)} syncs only when it is asked to: there is nothing to suspend`,
    fix: 'start no promotion, and merge nothing into its inputs; with automated sync it is against the contract: remove spec.syncPolicy.automated',
  };
}

function byOthers(target: DeliveryTarget, environment: EnvironmentId): SuspensionRefusal {
  return {
    kind: 'refused',
    code: 'suspended-by-others',
    message: `${controllerKind[target.controller]} ${targetName(target)} was suspended by somebody else, without reason or end on record`,
    fix: `ask who did it; to take it over, resume it first: fairlead environment resume ${environment}`,
  };
}

function requireBounded({ reason, until }: SuspendRequest, now: Date, maxDurationMs: number): void {
  if (reason.trim() === '') throw new InvalidError('reason-missing', 'a suspension needs a reason', { hint: 'say why, with --reason' });
  const ms = until.getTime() - now.getTime();
  if (ms > 0 && ms <= maxDurationMs) return;
  throw new InvalidError(
    'expiry-invalid',
    `a suspension until ${until.toISOString()} is ${ms <= 0 ? 'over already' : 'longer than the policy allows'}`,
    {
      hint: `give a time within ${String(maxDurationMs / 3_600_000)} h`,
    },
  );
}
