import {
  deliveredState,
  type ComponentDigests,
  type Digest,
  type EnvironmentStatus,
  type Promotion,
  type ReadinessVerdict,
  type ValidationRun,
} from '@fairlead/domain';
import { isAsMeant } from './observe-live.ts';
import type { Assessed, ObservedTarget } from '../readiness/assessed.ts';

interface Seen {
  readonly verdict: ReadinessVerdict;
  readonly record: Digest;
  readonly targets: readonly ObservedTarget[];
  readonly live: readonly ComponentDigests[];
}

/** The environment's read model after an assessment. */
export async function environmentStatus({ ports, promotion, configuration }: Assessed, seen: Seen): Promise<EnvironmentStatus> {
  const runs = await ports.store.read((reader) => reader.validations.latest(promotion.environment));
  const { environment, service } = configuration;
  return {
    service: service.metadata.name,
    environment: environment.metadata.name,
    tier: environment.spec.tier,
    intended: intendedOf(promotion),
    delivered: deliveredBy(seen.targets),
    live: seen.live.map(liveOf),
    routes: runs.flatMap(routesOf),
    validation: runs.map(validationOf),
    readiness: {
      verdict: seen.verdict.kind,
      asOf: seen.verdict.asOf,
      blockers: seen.verdict.kind === 'ready' ? [] : seen.verdict.blockers,
      evidence: seen.record,
    },
    promotion: { id: promotion.id, status: promotion.status },
  };
}

function liveOf(digests: ComponentDigests): EnvironmentStatus['live'][number] {
  const { component, expected, running } = digests;
  return { component, expected: expected[0] ?? '', running, match: isAsMeant(digests) };
}

/** What a merged promotion means the environment to run. */
export function intendedOf({ id, release, mergeCommit, base, requestedAt }: Promotion): NonNullable<EnvironmentStatus['intended']> {
  return { release: release.digest, version: release.version, commit: mergeCommit ?? base, since: requestedAt, promotion: id };
}

/** What the targets say, the first that isn't as it should be in front. */
export function deliveredBy(targets: readonly Pick<ObservedTarget, 'observation' | 'verdict'>[]): EnvironmentStatus['delivered'] {
  const worst = targets.find(({ verdict }) => verdict.kind !== 'delivered');
  return {
    verdict: worst?.verdict.kind ?? 'delivered',
    targets: targets.map(({ observation, verdict }) => ({
      cluster: observation.target.cluster,
      controller: observation.target.controller,
      application: observation.target.name,
      ...stateOf(observation),
      verdict: verdict.kind,
      observedAt: observation.observedAt,
    })),
  };
}

function stateOf(observation: ObservedTarget['observation']): {
  readonly revision: string;
  readonly sync: string;
  readonly health: string;
} {
  if (observation.kind === 'absent') return { revision: '', sync: 'Absent', health: 'Missing' };
  const { revisions, sync, health } = deliveredState(observation);
  return { revision: revisions.join(', '), sync, health };
}

function routesOf(run: ValidationRun): EnvironmentStatus['routes'] {
  return run.checks
    .filter(({ kind }) => kind === 'http')
    .map((check) => ({ phase: run.phase, check: check.name, verdict: check.verdict, at: run.finishedAt ?? run.requestedAt }));
}

function validationOf(run: ValidationRun): EnvironmentStatus['validation'][number] {
  return {
    phase: run.phase,
    attempt: run.attempt,
    verdict: run.status,
    revision: run.revision,
    at: run.finishedAt ?? run.requestedAt,
    ...(run.record === undefined ? {} : { evidence: run.record }),
  };
}
