import type { EnvironmentStatus, Promotion } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { Claim } from '../ports/claims.ts';
import { closeChange } from '../promotion/actions/close-change.ts';
import { runValidation } from '../promotion/actions/run-validation.ts';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import { assessEnvironment } from '../readiness/assess-environment.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';

const lookAgainMs = 20_000;

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
  const claim = await runRequested({ ports, promotion, claim: taken, configuration });
  const assessed = await assessEnvironment({ ports, promotion, configuration });
  const before = await ports.store.read((reader) => reader.environments.status(promotion.environment));
  const changed = before === 'absent' || verdictOf(before) !== verdictOf(assessed.status);
  const held = await ports.store.transact(async (tx) => {
    await tx.write.environments.save(before === 'absent' || changed ? assessed.status : keepEvidence(assessed.status, before));
    if (changed) for (const record of assessed.records) await tx.write.evidence.append(record);
    return tx.write.promotions.save(promotion, claim);
  });
  return { claim: held, until: new Date(ports.clock.now().getTime() + lookAgainMs) };
}

async function runRequested(context: PromotionContext): Promise<Claim> {
  const runs = await context.ports.store.read((reader) => reader.validations.latest(context.promotion.environment));
  let claim = context.claim;
  for (const run of runs) {
    const known = context.configuration.phases.some(({ metadata }) => metadata.name === run.phase);
    if (run.status === 'requested' && run.revision === context.promotion.mergeCommit && known) {
      claim = (await runValidation({ ...context, claim }, run.phase)).claim;
    }
  }
  return claim;
}

function verdictOf({ readiness }: EnvironmentStatus): string {
  return JSON.stringify([readiness.verdict, readiness.blockers.map(({ gate, code, message }) => [gate, code, message])]);
}

/** The verdict stands, so the record that proves it is still the one that was written. */
function keepEvidence(status: EnvironmentStatus, before: EnvironmentStatus): EnvironmentStatus {
  const { evidence } = before.readiness;
  return evidence === undefined ? status : { ...status, readiness: { ...status.readiness, evidence } };
}
