import {
  exceptionStatus,
  InvalidError,
  type Actor,
  type DriftId,
  type EnvironmentId,
  type JsonObject,
  type PolicyException,
} from '@fairlead/domain';
import { environmentEvidence } from '../drift/environment-evidence.ts';
import { openDrift } from '../drift/open-drift.ts';
import { requireReason } from '../drift/require-reason.ts';
import type { EnginePorts } from '../engine-ports.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';

export interface ExceptionRequest {
  /** All of one environment. */
  readonly drift: readonly DriftId[];
  readonly reason: string;
  readonly ticket?: string;
  readonly expiresAt: string;
  /** Absent: at once. */
  readonly notBefore?: string;
}

/** Asks that differences be let be for a time. It excuses nothing before another person has approved it. Throws `InvalidError` where it would last too long. */
export async function requestException(ports: EnginePorts, request: ExceptionRequest, actor: Actor): Promise<PolicyException> {
  requireReason(request.reason);
  const environment = await environmentOf(ports, request.drift);
  const { policy } = await environmentConfiguration(ports, environment);
  const now = ports.clock.now();
  const notBefore = request.notBefore ?? now.toISOString();
  requirePeriod({ now, notBefore, expiresAt: request.expiresAt }, policy.exceptions.maxDurationMs);
  const fresh = {
    id: ports.ids.exception(),
    environment,
    drift: [...new Set(request.drift)],
    reason: request.reason,
    ...(request.ticket === undefined ? {} : { ticket: request.ticket }),
    requestedBy: actor.id,
    requestedAt: now.toISOString(),
    approvals: [],
    notBefore,
    expiresAt: request.expiresAt,
  };
  const evidence = environmentEvidence(environment, 'exception', { at: now.toISOString(), actor, body: exceptionBody(fresh) });
  const record = await ports.signer.sign(evidence);
  const exception: PolicyException = { ...fresh, records: [record.digest] };
  await ports.store.transact(async (tx) => {
    await tx.write.exceptions.insert(exception);
    await tx.write.evidence.append(record);
  });
  return exception;
}

/** As `docs/spec/readiness.md` has it, so that anybody can fold it. */
export function exceptionBody(exception: Omit<PolicyException, 'records'>): JsonObject {
  const { id, drift, reason, ticket, requestedBy, approvals, notBefore, expiresAt } = exception;
  return {
    exception: id,
    drift: [...drift],
    reason,
    ...(ticket === undefined ? {} : { ticket }),
    requestedBy,
    approvedBy: approvals.map(({ by }) => by),
    notBefore,
    expiresAt,
  };
}

async function environmentOf(ports: EnginePorts, drift: readonly DriftId[]): Promise<EnvironmentId> {
  const environments = new Set<EnvironmentId>();
  for (const id of drift) environments.add((await openDrift(ports, id)).environment);
  const [environment, another] = [...environments];
  if (environment !== undefined && another === undefined) return environment;
  throw new InvalidError('exception-scope', `an exception is for one environment, not for ${[...environments].join(' and ') || 'none'}`, {
    hint: 'ask for one exception in each environment',
  });
}

interface Period {
  readonly now: Date;
  readonly notBefore: string;
  readonly expiresAt: string;
}

function requirePeriod({ now, notBefore, expiresAt }: Period, maxDurationMs: number): void {
  const [begin, end] = [Date.parse(notBefore), Date.parse(expiresAt)];
  const days = String(Math.round(maxDurationMs / 86_400_000));
  if (!(end > Math.max(begin, now.getTime()))) {
    throw new InvalidError('exception-expiry', `an exception that ends ${expiresAt} never holds`, { hint: 'give an end in the future' });
  }
  if (end - Math.max(begin, now.getTime()) > maxDurationMs) {
    throw new InvalidError('exception-expiry', `it would last longer than the policy allows, which is ${days} days`, {
      hint: `let it end within ${days} days, and ask again when it does`,
    });
  }
}

/** Whether it still waits, or holds. */
export function isOver(exception: PolicyException, at: Date): boolean {
  const status = exceptionStatus(exception, at);
  return status === 'expired' || status === 'revoked';
}
