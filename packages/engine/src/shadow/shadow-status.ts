import type { Blocker, EnvironmentStatus, FairleadError } from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import { deliveredBy } from '../environment/environment-status.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';
import type { FoundTarget } from './found-target.ts';

interface Seen {
  readonly found: readonly FoundTarget[];
  /** Of targets that could not be looked at. */
  readonly faults: readonly FairleadError[];
  readonly at: string;
  readonly before?: EnvironmentStatus;
}

/** The read model of an environment that is only watched: what is there is shown, and nothing of it is called ready. */
export function shadowStatus({ service, environment }: EnvironmentConfiguration, { found, faults, at, before }: Seen): EnvironmentStatus {
  const since = before?.shadow?.since ?? at;
  const delivered = deliveredBy(found.map(({ look }) => look));
  const name = environment.metadata.name;
  return {
    service: service.metadata.name,
    environment: name,
    tier: environment.spec.tier,
    delivered: faults.length === 0 ? delivered : { ...delivered, verdict: 'unknown' },
    shadow: { since, targets: found.map(targetOf) },
    live: [],
    routes: [],
    validation: [],
    readiness: {
      verdict: 'unknown',
      asOf: at,
      blockers: [
        neverPromoted(service.metadata.name, name, since),
        ...faults.map((fault) => unseen(fault, at)),
        ...found.flatMap(({ look }) => look.unmet),
      ],
    },
  };
}

function targetOf({
  look: { target, delivered, mapped },
  record,
}: FoundTarget): NonNullable<EnvironmentStatus['shadow']>['targets'][number] {
  return {
    target: targetName(target),
    ...(delivered === undefined ? {} : { commit: delivered }),
    ...(mapped.kind === 'release' ? { release: { digest: mapped.digest, version: mapped.version } } : { reason: mapped.reason }),
    ...(record === undefined ? {} : { evidence: record }),
  };
}

function neverPromoted(service: string, environment: string, since: string): Blocker {
  return {
    gate: 'release',
    code: 'shadow',
    message: `${service}/${environment} is only watched: Fairlead never promoted anything there`,
    since,
    expected: 'a promotion, to be judged by',
    who: ['promoter'],
    fix: `as long as it is to be watched only: nothing. Else: fairlead promote ${service} --release R --to ${environment}`,
  };
}

function unseen({ code, message, hint }: FairleadError, since: string): Blocker {
  return {
    gate: 'delivery',
    code,
    message,
    since,
    expected: 'an answer of the cluster',
    who: ['operator'],
    fix: hint ?? 'see: fairlead doctor',
  };
}
