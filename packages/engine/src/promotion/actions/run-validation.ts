import { InvariantError, type ValidationRun } from '@fairlead/domain';
import { runPhase } from '../../validation/run-phase.ts';
import { validationBody } from '../../validation/validation-body.ts';
import { performEffect } from '../perform-effect.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';

/** Runs one attempt of a phase: the one that is asked for, else a new one. */
export async function runValidation(context: PromotionContext, name: string): Promise<Stepped> {
  const { promotion, configuration } = context;
  const phase = configuration.phases.find(({ metadata }) => metadata.name === name);
  if (phase === undefined) throw new InvariantError('phase-unknown', `environment ${promotion.environment} has no phase ${name}`);
  const requested = await requestedRun(context, name);
  return performEffect(context, {
    step: 'run-validation',
    key: `${name}/${String(requested.attempt)}`,
    act: async () => {
      const run = await runPhase(context, { phase, run: requested });
      return {
        promotion: { ...promotion, blockers: [] },
        detail: run.status,
        record: { type: 'validation', body: validationBody(run, phase), attempt: run.attempt },
        also: (tx, record) => tx.write.validations.save(record === undefined ? run : { ...run, record }),
      };
    },
  });
}

async function requestedRun({ ports, promotion }: PromotionContext, phase: string): Promise<ValidationRun> {
  if (promotion.mergeCommit === undefined)
    throw new InvariantError('merge-unknown', `promotion ${promotion.id} validates without a merge commit`);
  const revision = promotion.mergeCommit;
  const latest = await ports.store.read((reader) => reader.validations.latest(promotion.environment));
  const last = latest.find((run) => run.phase === phase && run.revision === revision && run.release === promotion.release.digest);
  if (last?.status === 'requested') return last;
  const run = {
    environment: promotion.environment,
    phase,
    promotion: promotion.id,
    release: promotion.release.digest,
    revision,
    retry: last === undefined ? 0 : last.retry + 1,
    status: 'requested' as const,
    requestedBy: promotion.requestedBy.id,
    requestedAt: ports.clock.now().toISOString(),
    checks: [],
  };
  return ports.store.transact((tx) => tx.write.validations.request(run));
}
