import { nextExceptionTurn, type Promotion } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { keepBundle } from '../evidence/keep-bundle.ts';
import { unauthorisedChanges } from '../delivery/unauthorised-changes.ts';
import type { Claim } from '../ports/claims.ts';
import { closeChange } from '../promotion/actions/close-change.ts';
import { reconcileDrift } from '../promotion/actions/reconcile-drift.ts';
import { runValidation } from '../promotion/actions/run-validation.ts';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import type { Stepped } from '../promotion/stepped.ts';
import { assessEnvironment } from '../readiness/assess-environment.ts';
import { saveAssessed } from '../readiness/save-assessed.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';

const lookAgainMs = 20_000;
const lookBackMs = 2_000;

interface Kept {
  readonly claim: Claim;
  readonly until: Date | undefined;
}

/** What is left to do for a promotion that has ended. Its bundle comes first, and what hinders that hinders nothing else. */
export async function keepEnvironment(ports: EnginePorts, ended: Promotion, taken: Claim): Promise<Kept> {
  const bundled = await keepBundle({ ports, promotion: ended, claim: taken });
  const found = await ports.store.read((reader) => reader.promotions.get(ended.id));
  const promotion = found === 'absent' ? ended : found;
  const { claim, until } = await keepPromotion(ports, promotion, bundled.claim);
  return { claim, until: until === undefined || bundled.until === undefined ? (until ?? bundled.until) : earlier(bundled.until, until) };
}

/** After a promotion is ready, its environment is looked at again and again: a rerun that was asked for is run, and a verdict that changed is put
 *  on record. Ends when a newer promotion takes the environment over. */
async function keepPromotion(ports: EnginePorts, kept: Promotion, taken: Claim): Promise<Kept> {
  const intended = await ports.store.read((reader) => reader.promotions.intended(kept.environment));
  const rests = kept.status === 'ready' && intended !== 'absent' && intended.id === kept.id;
  const leftOpen = kept.status !== 'ready' && kept.change !== undefined && kept.mergeCommit === undefined;
  if (!rests && !leftOpen) return { claim: taken, until: undefined };
  const configuration = await environmentConfiguration(ports, kept.environment, 'lately');
  if (leftOpen) {
    const closed = await closeChange({ ports, promotion: kept, claim: taken, configuration });
    return { claim: closed.claim, until: closed.until };
  }
  const ran = await runRequested({ ports, promotion: kept, claim: taken, configuration });
  if (ran.until !== undefined) return { claim: ran.claim, until: ran.until };
  const { claim, until, promotion } = await reconcileDrift({ ports, promotion: kept, claim: ran.claim, configuration });
  const turn = await exceptionTurn(ports, promotion);
  const again = (afterMs: number): Date => earlier(turn, earlier(until, new Date(ports.clock.now().getTime() + afterMs)));
  const assessed = await assessEnvironment({ ports, promotion, configuration });
  // The last verdict stands for that moment, and gets old like any other.
  if (assessed.passing) return { claim, until: again(lookBackMs) };
  const changes = await unauthorisedChanges({ ports, promotion, configuration }, assessed.targets);
  const held = await ports.store.transact(async (tx) => {
    await saveAssessed(tx, promotion.environment, assessed);
    for (const change of changes) await tx.write.evidence.append(change);
    return tx.write.promotions.save(promotion, claim);
  });
  return { claim: held, until: again(lookAgainMs) };
}

/** What is excused for now is judged again when that ends: nothing stays green past it. */
async function exceptionTurn({ store, clock }: EnginePorts, { environment }: Promotion): Promise<Date | undefined> {
  const now = clock.now();
  return nextExceptionTurn(await store.read((reader) => reader.exceptions.unexpired(environment, now)), now);
}

function earlier(one: Date | undefined, other: Date): Date {
  return one !== undefined && one < other ? one : other;
}

async function runRequested(context: PromotionContext): Promise<Stepped> {
  const runs = await context.ports.store.read((reader) => reader.validations.latest(context.promotion.environment));
  let claim = context.claim;
  for (const run of runs) {
    const known = context.configuration.phases.some(({ metadata }) => metadata.name === run.phase);
    if (run.status === 'requested' && run.revision === context.promotion.mergeCommit && known) {
      const stepped = await runValidation({ ...context, claim }, run.phase);
      if (stepped.until !== undefined) return stepped;
      claim = stepped.claim;
    }
  }
  return { claim };
}
