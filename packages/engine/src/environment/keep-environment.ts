import type { Promotion } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { unauthorisedChanges } from '../delivery/unauthorised-changes.ts';
import type { Claim } from '../ports/claims.ts';
import { closeChange } from '../promotion/actions/close-change.ts';
import { runValidation } from '../promotion/actions/run-validation.ts';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import type { Stepped } from '../promotion/stepped.ts';
import { assessEnvironment } from '../readiness/assess-environment.ts';
import { saveAssessed } from '../readiness/save-assessed.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';

const lookAgainMs = 20_000;
const lookBackMs = 2_000;

/** After a promotion is ready, its environment is looked at again and again: a rerun that was asked for is run, and a verdict that changed is put
 *  on record. Ends when a newer promotion takes the environment over. */
export async function keepEnvironment(
  ports: EnginePorts,
  promotion: Promotion,
  taken: Claim,
): Promise<{ readonly claim: Claim; readonly until: Date | undefined }> {
  const intended = await ports.store.read((reader) => reader.promotions.intended(promotion.environment));
  const rests = promotion.status === 'ready' && intended !== 'absent' && intended.id === promotion.id;
  const leftOpen = promotion.status !== 'ready' && promotion.change !== undefined && promotion.mergeCommit === undefined;
  if (!rests && !leftOpen) return { claim: taken, until: undefined };
  const configuration = await environmentConfiguration(ports, promotion.environment, 'lately');
  if (leftOpen) {
    const closed = await closeChange({ ports, promotion, claim: taken, configuration });
    return { claim: closed.claim, until: closed.until };
  }
  const { claim, until } = await runRequested({ ports, promotion, claim: taken, configuration });
  if (until !== undefined) return { claim, until };
  const assessed = await assessEnvironment({ ports, promotion, configuration });
  // The last verdict stands for that moment, and gets old like any other.
  if (assessed.passing) return { claim, until: new Date(ports.clock.now().getTime() + lookBackMs) };
  const changes = await unauthorisedChanges({ ports, promotion, configuration }, assessed.targets);
  const held = await ports.store.transact(async (tx) => {
    await saveAssessed(tx, promotion.environment, assessed);
    for (const change of changes) await tx.write.evidence.append(change);
    return tx.write.promotions.save(promotion, claim);
  });
  return { claim: held, until: new Date(ports.clock.now().getTime() + lookAgainMs) };
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
