import { ConflictError, hasEnded, InvalidError, NotFoundError, type Actor, type EnvironmentId, type ValidationRun } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';

/** Asks for one more attempt of one phase on what the environment is meant to run. The worker runs it; its result counts like any other. */
export async function requestValidation(
  ports: EnginePorts,
  { environment, phase }: { readonly environment: EnvironmentId; readonly phase: string },
  actor: Actor,
): Promise<ValidationRun> {
  const configuration = await environmentConfiguration(ports, environment);
  if (!configuration.phases.some(({ metadata }) => metadata.name === phase)) {
    const known = configuration.phases.map(({ metadata }) => metadata.name).join(', ') || 'none';
    throw new NotFoundError('phase-unknown', `environment ${environment} has no validation phase ${phase}`, { hint: `it has: ${known}` });
  }
  const intended = await ports.store.read((reader) => reader.promotions.intended(environment));
  if (intended === 'absent' || intended.mergeCommit === undefined) {
    throw new InvalidError('nothing-delivered', `environment ${environment} has no merged release to validate`, {
      hint: 'promote a release first',
    });
  }
  if (hasEnded(intended.status) && intended.status !== 'ready') {
    throw new ConflictError(
      'promotion-ended',
      `promotion ${intended.id} ended as ${intended.status}: nothing of it is validated any more`,
      {
        hint: 'promote a release first',
      },
    );
  }
  const { mergeCommit: revision } = intended;
  return ports.store.transact(async (tx) => {
    const run = await tx.write.validations.request({
      environment,
      phase,
      promotion: intended.id,
      release: intended.release.digest,
      revision,
      retry: 0,
      status: 'requested',
      requestedBy: actor.id,
      requestedAt: ports.clock.now().toISOString(),
      checks: [],
    });
    await tx.write.wakes.promotion(intended.id);
    return run;
  });
}
