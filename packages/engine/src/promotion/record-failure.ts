import {
  ConflictError,
  FairleadError,
  hasEnded,
  InvariantError,
  type Blocker,
  type Promotion,
  type PromotionStatus,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { Claim } from '../ports/claims.ts';

const firstRetryMs = 500;
const lastRetryMs = 60_000;

interface Failing {
  readonly ports: EnginePorts;
  readonly promotion: Promotion;
  readonly claim: Claim;
}

/** A failure is data: it is stored, shown as a blocker, and retried with back-off. A lost claim goes through. */
export async function recordFailure(failing: Failing, error: unknown): Promise<{ readonly claim: Claim; readonly retryAt: Date }> {
  if (error instanceof ConflictError && error.code === 'claim-lost') throw error;
  const { ports, promotion, claim } = failing;
  const now = ports.clock.now();
  const failures = promotion.failures + 1;
  const retryAt = new Date(now.getTime() + Math.min(firstRetryMs * 2 ** Math.min(failures - 1, 10), lastRetryMs));
  const failure = describe(error);
  if (failure.code === 'internal-fault' || error instanceof InvariantError) ports.onFault(error, promotion.id);
  const blocker: Blocker = {
    gate: gateOf[promotion.status],
    code: failure.code,
    message: failure.message,
    since: promotion.failures > 0 ? (promotion.lastFailure?.at ?? now.toISOString()) : now.toISOString(),
    expected: 'the step succeeds',
    observed: `failed ${String(failures)} times in a row`,
    who: ['operator'],
    fix: failure.hint ?? 'see the server log; it is tried again by itself',
  };
  const held = await ports.store.transact((tx) =>
    tx.write.promotions.save(
      {
        ...promotion,
        failures,
        blockers: hasEnded(promotion.status) ? [] : [blocker],
        lastFailure: { at: now.toISOString(), code: failure.code, message: failure.message },
      },
      claim,
    ),
  );
  return { claim: held, retryAt };
}

/** What the step that failed stands before. */
const gateOf: Readonly<Record<PromotionStatus, Blocker['gate']>> = {
  planned: 'change',
  proposed: 'change',
  approved: 'merge',
  merged: 'merge',
  syncing: 'delivery',
  synced: 'delivery',
  validating: 'validation',
  ready: 'readiness',
  failed: 'readiness',
  replaced: 'change',
  aborted: 'change',
  'rolled-back': 'readiness',
};

/** Messages of our own errors are made for people; any other fault doesn't leak its text. */
function describe(error: unknown): { readonly code: string; readonly message: string; readonly hint: string | undefined } {
  if (error instanceof FairleadError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'internal-fault', message: 'an internal fault; the server log has it', hint: undefined };
}
