import {
  InvalidError,
  NotFoundError,
  deliveryTargets,
  type Actor,
  type DeliveryTarget,
  type EnvironmentId,
  type JsonObject,
  type NewEvidence,
} from '@fairlead/domain';
import { environmentEvidence } from '../drift/environment-evidence.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { SuspendOutcome } from '../ports/delivery.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';
import { targetName } from './same-target.ts';

interface SuspendRequest {
  readonly environment: EnvironmentId;
  /** As records name it, `cluster/namespace/name`; not needed where the environment has one target. */
  readonly target?: string;
  readonly reason: string;
  readonly until: Date;
}

type SuspendedTarget =
  | { readonly kind: 'suspended'; readonly target: DeliveryTarget; readonly until: string }
  /** By somebody, not by this act: it has no expiry of ours. */
  | { readonly kind: 'already-suspended'; readonly target: DeliveryTarget }
  | { readonly kind: 'absent' | 'unsupported'; readonly target: DeliveryTarget };

type Ports = Pick<EnginePorts, 'store' | 'signer' | 'clock' | 'delivery' | 'repositories'>;

/** Keeps a controller from touching a target until a time, with a reason. Controllers keep neither who, why nor how long, so it is on record before it happens. */
export async function suspendTarget(ports: Ports, request: SuspendRequest, actor: Actor): Promise<SuspendedTarget> {
  const now = ports.clock.now();
  const configuration = await environmentConfiguration(ports, request.environment);
  requireBounded(request, now, configuration.policy.exceptions.maxDurationMs);
  const target = targetOf(request, deliveryTargets(configuration.environment));
  const seen = await ports.delivery[target.controller].observe(target);
  if (seen.kind === 'absent') return { kind: 'absent', target };
  if (seen.controller === 'argocd') return { kind: 'unsupported', target };
  if (seen.suspended) return { kind: 'already-suspended', target };

  const until = request.until.toISOString();
  const body = { ...suspensionBody(target, 'suspend', request.reason), until };
  await append(ports, environmentEvidence(request.environment, 'suspension', { at: now.toISOString(), actor, body }));
  const outcome = await ports.delivery[target.controller].setSuspended(target, true);

  if (outcome === 'done' || outcome === 'already-so') return { kind: 'suspended', target, until };
  await recordResumed(ports, { environment: request.environment, target, reason: `not carried out: ${outcome}` }, actor);
  return { kind: outcome, target };
}

interface ResumeRequest {
  readonly environment: EnvironmentId;
  readonly target: DeliveryTarget;
  readonly reason: string;
}

/** Lets the controller at the target again. Not suspended, or gone, is as good: what was on record ends with it. */
export async function resumeTarget(ports: Ports, request: ResumeRequest, actor: Actor): Promise<SuspendOutcome> {
  const { target } = request;
  const outcome = await ports.delivery[target.controller].setSuspended(target, false);
  await recordResumed(ports, request, actor);
  return outcome;
}

async function recordResumed(ports: Ports, { environment, target, reason }: ResumeRequest, actor: Actor): Promise<void> {
  const at = ports.clock.now().toISOString();
  await append(ports, environmentEvidence(environment, 'suspension', { at, actor, body: suspensionBody(target, 'resume', reason) }));
}

function suspensionBody(target: DeliveryTarget, action: 'suspend' | 'resume', reason: string): JsonObject {
  const { controller, cluster, namespace, name } = target;
  return { action, target: targetName(target), controller, cluster, namespace, name, reason };
}

async function append({ store, signer }: Ports, evidence: NewEvidence): Promise<void> {
  const record = await signer.sign(evidence);
  await store.transact((tx) => tx.write.evidence.append(record));
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

function targetOf({ environment, target }: SuspendRequest, targets: readonly DeliveryTarget[]): DeliveryTarget {
  const [only, ...more] = targets;
  const found = target === undefined && more.length === 0 ? only : targets.find((one) => targetName(one) === target);
  if (found !== undefined) return found;
  throw new NotFoundError('target-unknown', `environment ${environment} has no target ${target ?? 'by itself'}`, {
    hint: `name one of ${targets.map(targetName).join(', ')}`,
  });
}
