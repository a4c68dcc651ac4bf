import { durationMs, type PhaseFact, type StageFacts, type ValidationPhase, type ValidationRun } from '@fairlead/domain';
import type { PromotionContext } from '../promotion-context.ts';

/** The newest run of each phase for this release on this revision; runs of anything else don't count. */
export async function validationFacts({ ports, promotion, configuration }: PromotionContext): Promise<StageFacts> {
  const runs = await ports.store.read((reader) => reader.validations.latest(promotion.environment));
  const ours = runs.filter(({ release, revision }) => release === promotion.release.digest && revision === promotion.mergeCommit);
  return {
    stage: 'validation',
    phases: configuration.phases.map((phase) =>
      phaseFact(
        phase,
        ours.find((run) => run.phase === phase.metadata.name),
      ),
    ),
  };
}

function phaseFact(phase: ValidationPhase, run: ValidationRun | undefined): PhaseFact {
  const { required, retries } = phase.spec;
  const fact = { name: phase.metadata.name, required };
  if (run === undefined) return fact;
  if (run.status !== 'failed' || run.finishedAt === undefined || run.retry >= retries.count) return { ...fact, run };
  return { ...fact, run, retryAt: new Date(Date.parse(run.finishedAt) + durationMs(retries.delay)) };
}
