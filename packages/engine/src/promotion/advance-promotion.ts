import { ConflictError, hasEnded, nextAction, type Blocker, type NextAction, type Promotion, type PromotionId } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { Claim } from '../ports/claims.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';
import { keepEnvironment } from '../environment/keep-environment.ts';
import { loadFacts } from './facts/load-facts.ts';
import { performAction } from './perform-action.ts';
import { keepSince } from './keep-since.ts';
import { recordFailure } from './record-failure.ts';

export type Advanced = 'ended' | 'waits' | 'not-mine' | 'lost';

/** Claims the promotion and carries it on until it has to wait: observe, decide, act, record, again. Killed at any point, the next call goes on. */
export async function advancePromotion(ports: EnginePorts, id: PromotionId): Promise<Advanced> {
  const taken = await ports.claims.take(id);
  if (taken === 'not-mine') return 'not-mine';
  try {
    return await drain(ports, taken);
  } catch (error) {
    if (error instanceof ConflictError && error.code === 'claim-lost') return 'lost';
    throw error;
  }
}

async function drain(ports: EnginePorts, taken: Claim): Promise<Advanced> {
  let claim = taken;
  for (;;) {
    const promotion = await ports.store.read((reader) => reader.promotions.get(claim.id));
    if (promotion === 'absent') return 'ended';
    const step = await oneStep(ports, promotion, claim);
    claim = step.claim;
    if (step.kind === 'acted') continue;
    if ((await ports.claims.letGo(claim, step.until)) === 'let-go') return step.kind === 'ended' ? 'ended' : 'waits';
    claim = await ports.claims.lookAgain(claim);
  }
}

type OneStep =
  | { readonly kind: 'acted'; readonly claim: Claim; readonly until?: undefined }
  | { readonly kind: 'waits'; readonly claim: Claim; readonly until: Date | undefined }
  | { readonly kind: 'ended'; readonly claim: Claim; readonly until: Date | undefined };

async function oneStep(ports: EnginePorts, promotion: Promotion, claim: Claim): Promise<OneStep> {
  const now = ports.clock.now();
  try {
    if (hasEnded(promotion.status)) return { kind: 'ended', ...(await keepEnvironment(ports, promotion, claim)) };
    const configuration = await environmentConfiguration(ports, promotion.environment, 'lately');
    const context = { ports, promotion, claim, configuration };
    const facts = await loadFacts(context, now);
    const action = nextAction(promotion, facts, now);
    if (action.kind !== 'wait') {
      const { claim: held, until } = await performAction(context, action);
      return until === undefined ? { kind: 'acted', claim: held } : { kind: 'waits', claim: held, until };
    }
    for (const target of action.refresh ?? []) await ports.delivery[target.controller].requestRefresh(target);
    return await wait(context, action);
  } catch (error) {
    const failure = await recordFailure({ ports, promotion, claim }, error);
    return { kind: 'waits', claim: failure.claim, until: failure.retryAt };
  }
}

interface Waiting {
  readonly ports: EnginePorts;
  readonly promotion: Promotion;
  readonly claim: Claim;
}

async function wait({ ports, promotion, claim }: Waiting, action: NextAction & { kind: 'wait' }): Promise<OneStep> {
  if (sameBlockers(promotion.blockers, action.blockers)) return { kind: 'waits', claim, until: action.until };
  const held = await ports.store.transact((tx) =>
    tx.write.promotions.save({ ...promotion, blockers: keepSince(promotion.blockers, action.blockers), failures: 0 }, claim),
  );
  return { kind: 'waits', claim: held, until: action.until };
}

function sameBlockers(before: readonly Blocker[], after: readonly Blocker[]): boolean {
  const key = (blockers: readonly Blocker[]): string =>
    JSON.stringify(blockers.map(({ gate, code, message, observed }) => [gate, code, message, observed]));
  return key(before) === key(after);
}
