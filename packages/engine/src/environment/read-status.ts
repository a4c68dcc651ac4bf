import {
  contractBlockers,
  deliveryTargets,
  environmentId,
  type Blocker,
  type Environment,
  type EnvironmentId,
  type EnvironmentStatus,
  type Promotion,
  type ResolvedPolicy,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { targetName } from '../delivery/same-target.ts';
import { readSuspensions } from '../delivery/read-suspensions.ts';
import { observationBlockers } from '../drift/observation-blockers.ts';
import { summariseDrift } from '../drift/read-drift.ts';
import { intendedOf } from './environment-status.ts';
import { everyService } from '../service/environment-configuration.ts';
import type { ServiceConfiguration } from '../service/service-configuration.ts';

/** How far behind the observer may be before a verdict no longer counts as live. */
const observerGraceMs = 60_000;

/** Every declared environment, also those that nothing was promoted to yet. A verdict that wasn't looked at lately is `unknown`, never green. */
export async function readStatus(
  ports: EnginePorts,
  filter: { readonly service?: string; readonly environment?: string },
): Promise<readonly EnvironmentStatus[]> {
  const now = ports.clock.now();
  const statuses: EnvironmentStatus[] = [];
  for (const { services, repository } of (await everyService(ports, 'as-last-fetched')).found) {
    const service = services.service.metadata.name;
    if (filter.service !== undefined && filter.service !== service) continue;
    for (const environment of inOrder(services)) {
      const { metadata, spec } = environment;
      if (filter.environment !== undefined && filter.environment !== metadata.name) continue;
      const id = environmentId(service, metadata.name);
      const targets = deliveryTargets(environment).map(targetName);
      const declared = { id, service, environment: metadata.name, tier: spec.tier, policy: services.policy, targets };
      const unknown = await unknownClusters(ports, { environment, branch: repository.branch }, now);
      statuses.push(withContract(await statusOf(ports, declared, now), unknown));
    }
  }
  return statuses;
}

/** As the service lists them: the way of a release. Those that it doesn't list come last. */
function inOrder({ service, environments }: ServiceConfiguration): readonly Environment[] {
  const order: readonly string[] = service.spec.environments;
  const place = ({ metadata }: Environment): number => (order.includes(metadata.name) ? order.indexOf(metadata.name) : order.length);
  return environments.toSorted((one, other) => place(one) - place(other));
}

interface Placed {
  readonly environment: Environment;
  readonly branch: string;
}

/** Targets in clusters that the installation doesn't have. Decided by the configuration alone: a status must not wait for a cluster. */
async function unknownClusters({ cluster }: EnginePorts, { environment, branch }: Placed, now: Date): Promise<readonly Blocker[]> {
  const { path } = environment.spec;
  const blockers: Blocker[] = [];
  for (const target of deliveryTargets(environment)) {
    const home = await cluster.resolveDestination(target, { name: 'in-cluster' });
    if (home.kind === 'unresolved') blockers.push(...contractBlockers({ target, path, branch, found: { kind: 'cluster-unknown' } }, now));
  }
  return blockers;
}

/** What can't be looked at isn't ready, whatever was seen before. */
function withContract(status: EnvironmentStatus, unmet: readonly Blocker[]): EnvironmentStatus {
  if (unmet.length === 0) return status;
  return { ...status, readiness: { ...status.readiness, verdict: 'blocked', blockers: [...unmet, ...status.readiness.blockers] } };
}

interface Declared {
  readonly id: EnvironmentId;
  readonly service: string;
  readonly environment: string;
  readonly tier: EnvironmentStatus['tier'];
  readonly policy: ResolvedPolicy;
  readonly targets: readonly string[];
}

async function statusOf({ store }: EnginePorts, declared: Declared, now: Date): Promise<EnvironmentStatus> {
  const { stored, open, intended, drift, observations, suspensions } = await store.read(async (reader) => ({
    stored: await reader.environments.status(declared.id),
    open: await reader.promotions.open(declared.id),
    intended: await reader.promotions.intended(declared.id),
    drift: await summariseDrift(reader, declared.id, now),
    observations: await reader.drift.observations(declared.id),
    suspensions: await readSuspensions(reader, declared.id),
  }));
  const promotion = open.at(-1);
  const judged = stored === 'absent' ? nothingYet(declared, now) : withAge(stored, declared.policy, now);
  const aged = withObservation(judged, observationBlockers({ ...declared, observations }, now));
  const known = { ...aged, ...(drift === undefined ? {} : { drift }), ...(suspensions.length === 0 ? {} : { suspensions }) };
  const status = intended === 'absent' || intended.id === known.intended?.promotion ? known : notJudgedYet(known, intended, now);
  if (promotion === undefined) return status;
  const readiness = status.intended === undefined ? { ...status.readiness, blockers: promotion.blockers } : status.readiness;
  return { ...status, readiness, promotion: { id: promotion.id, status: promotion.status } };
}

/** Another release was merged since the last verdict, which says nothing about it: also where its promotion has failed. */
function notJudgedYet({ shadow: _over, ...status }: EnvironmentStatus, intended: Promotion, now: Date): EnvironmentStatus {
  return {
    ...status,
    intended: intendedOf(intended),
    delivered: { ...status.delivered, verdict: 'not-yet' },
    readiness: {
      verdict: intended.status === 'failed' ? 'blocked' : 'unknown',
      asOf: now.toISOString(),
      blockers: intended.status === 'failed' ? [failedBlocker(intended)] : intended.blockers,
    },
    promotion: { id: intended.id, status: intended.status },
  };
}

function failedBlocker({ id, service, release, environment, ended, requestedAt }: Promotion): Blocker {
  return {
    gate: 'delivery',
    code: 'promotion-failed',
    message: `promotion ${id} of ${release.version} was merged and failed: ${ended?.reason ?? 'no reason on record'}`,
    since: ended?.at ?? requestedAt,
    expected: `${release.version} delivered and validated`,
    observed: 'failed',
    who: ['promoter', 'operator'],
    fix: `repair the cause and promote another release: fairlead promote ${service} --release R --to ${environment.split('/')[1] ?? environment}`,
  };
}

function nothingYet({ service, environment, tier }: Declared, now: Date): EnvironmentStatus {
  return {
    service,
    environment,
    tier,
    delivered: { verdict: 'not-yet', targets: [] },
    live: [],
    routes: [],
    validation: [],
    readiness: { verdict: 'unknown', asOf: now.toISOString(), blockers: [] },
  };
}

/** Ready counts as long as somebody looks: nothing is green that nobody sees. */
function withObservation(status: EnvironmentStatus, unseen: readonly Blocker[]): EnvironmentStatus {
  if (status.readiness.verdict !== 'ready' || unseen.length === 0) return status;
  return { ...status, readiness: { ...status.readiness, verdict: 'unknown', blockers: unseen } };
}

function withAge(status: EnvironmentStatus, policy: ResolvedPolicy, now: Date): EnvironmentStatus {
  const maxAgeMs = policy.liveObservationMaxAgeMs + observerGraceMs;
  if (now.getTime() - Date.parse(status.readiness.asOf) <= maxAgeMs) return status;
  const stale: Blocker = {
    gate: 'readiness',
    code: 'observation-stale',
    message: `last looked at ${status.readiness.asOf}`,
    since: status.readiness.asOf,
    expected: `an observation not older than ${String(maxAgeMs / 1000)} s`,
    observed: status.readiness.verdict,
    who: ['operator'],
    fix: 'see that the server runs and reaches the cluster: fairlead doctor',
  };
  return { ...status, readiness: { ...status.readiness, verdict: 'unknown', blockers: [stale, ...status.readiness.blockers] } };
}
