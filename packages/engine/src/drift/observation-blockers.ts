import type { Blocker, ResolvedPolicy } from '@fairlead/domain';
import type { DatedObservation } from '../ports/drift-store.ts';

interface Observed {
  /** Names of the targets that are declared. */
  readonly targets: readonly string[];
  readonly observations: readonly DatedObservation[];
  readonly policy: Pick<ResolvedPolicy, 'liveObservationMaxAgeMs'>;
}

/** Why a verdict that was good no longer counts as live: a target that nobody hears of, or not of all of it. */
export function observationBlockers({ targets, observations, policy }: Observed, now: Date): readonly Blocker[] {
  return targets.flatMap((target) => {
    const seen = observations.find(({ observation }) => observation.target === target);
    const age = seen?.freshAt === undefined ? Infinity : now.getTime() - Date.parse(seen.freshAt);
    if (seen === undefined || age > policy.liveObservationMaxAgeMs) return [silent(target, seen, { policy, now })];
    return seen.observation.complete ? [] : [partly(target, seen)];
  });
}

const common = { gate: 'drift', who: ['operator'], fix: 'see that the server runs and reaches the cluster: fairlead doctor' } as const;

interface Against extends Pick<Observed, 'policy'> {
  readonly now: Date;
}

function silent(target: string, seen: DatedObservation | undefined, { policy, now }: Against): Blocker {
  const at = seen?.freshAt;
  return {
    ...common,
    code: 'live-observation-stale',
    message: at === undefined ? `${target}: nobody has looked at it yet` : `${target}: last heard of at ${at}`,
    since: at ?? now.toISOString(),
    expected: `an observation not older than ${String(policy.liveObservationMaxAgeMs / 1000)} s`,
    ...(at === undefined ? {} : { observed: `as of ${at}` }),
  };
}

function partly(target: string, { observation }: DatedObservation): Blocker {
  const { coverage, problem, at } = observation;
  const gaps = coverage.gaps.map(({ kind, reason }) => `${kind}: ${reason}`);
  const known = problem === undefined ? gaps : [problem, ...gaps];
  return {
    ...common,
    code: 'live-observation-incomplete',
    message: `${target}: not everything can be seen: ${known.slice(0, 3).join('; ')}${known.length > 3 ? ` and ${String(known.length - 3)} more` : ''}`,
    since: coverage.gaps.map(({ since }) => since).toSorted()[0] ?? at,
    expected: 'every kind that the environment has is watched',
  };
}
