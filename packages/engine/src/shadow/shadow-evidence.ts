import {
  digestOf,
  deliveredState,
  FreeMap,
  seenOperation,
  shadowChange,
  type DriftItem,
  type EnvironmentId,
  type JsonObject,
  type NewEvidence,
  type ResolvedPolicy,
  type ShadowMove,
} from '@fairlead/domain';
import { mappedBody } from '../delivery/mapped-body.ts';
import { observationBody } from '../delivery/observation-body.ts';
import { targetName } from '../delivery/same-target.ts';
import { environmentEvidence } from '../drift/environment-evidence.ts';
import type { DatedObservation } from '../ports/drift-store.ts';
import { liveObservationBody } from '../readiness/observe-drift.ts';
import type { ShadowLook } from './look-in-shadow.ts';

/** A record to be written where `state` is another than that of the one before. */
export interface ShadowFact {
  readonly state: string;
  readonly evidence: NewEvidence;
}

/** What a target says, judged, with the release that it is, or why it is none. */
export function syncFact(environment: EnvironmentId, look: ShadowLook, seen: DatedObservation | undefined): ShadowFact {
  const { at, target, observation, verdict, mapped, delivered, unmet } = look;
  const desired = seen?.observation.desired;
  const state = stateOf(look);
  const body: JsonObject = {
    ...observationBody(target, {
      observation,
      verdict,
      sync: undefined,
      desired: desired?.commit === delivered ? desired?.digest : undefined,
    }),
    mode: 'shadow',
    ...(delivered === undefined ? {} : { delivered }),
    mapped: mappedBody(mapped),
    contract: unmet.map(({ code }) => code),
    state,
  };
  const release = mapped.kind === 'release' ? { release: mapped.digest } : {};
  const commit = delivered === undefined ? {} : { commit: delivered };
  return { state, evidence: environmentEvidence(environment, 'sync-observation', { at, body, ...commit, ...release }) };
}

/** What would be news: times, and how it is worded, are none. */
function stateOf({ observation, verdict, mapped, delivered, unmet }: ShadowLook): string {
  const common = [verdict.kind, delivered ?? '', mapped.kind === 'release' ? mapped.digest : mapped.code, unmet.map(({ code }) => code)];
  if (observation.kind === 'absent') return digestOf([...common, 'absent']);
  const { revisions, sync, health } = deliveredState(observation);
  const operation = seenOperation(observation);
  return digestOf([...common, [...revisions], sync, health, operation?.id ?? '', operation?.initiatedBy ?? '']);
}

interface Live {
  readonly seen: DatedObservation;
  /** Open in the environment. */
  readonly items: readonly DriftItem[];
  readonly policy: Pick<ResolvedPolicy, 'drift'>;
}

/** What an observer saw of a target's objects. */
export function liveFact(environment: EnvironmentId, { mapped, at }: ShadowLook, { seen, items, policy }: Live): ShadowFact {
  const { observation, freshAt } = seen;
  const body = FreeMap.parse({ ...liveObservationBody(observation, items, policy), mode: 'shadow' });
  const { observer: _whoever, ...told } = body;
  const state = digestOf(told);
  const commit = observation.desired?.commit;
  const particulars = {
    at: freshAt ?? at,
    body: { ...body, state },
    ...(commit === undefined ? {} : { commit }),
    ...(mapped.kind === 'release' ? { release: mapped.digest } : {}),
  };
  return { state, evidence: environmentEvidence(environment, 'live-observation', particulars) };
}

/** A sync past the protected branch, against what was there before. */
export function changeFact(environment: EnvironmentId, look: ShadowLook, move: ShadowMove): NewEvidence | undefined {
  const { at, target, observation, mapped } = look;
  const change = observation.kind === 'absent' ? undefined : shadowChange(observation, move);
  if (change === undefined) return undefined;
  const body: JsonObject = {
    mode: 'shadow',
    revisions: change.revisions,
    by: change.by ?? 'unknown',
    syncedAt: change.at ?? null,
    reason: change.reason,
    target: targetName(target),
    controller: target.controller,
    rested: move.from,
    mapped: mappedBody(mapped),
  };
  return environmentEvidence(environment, 'unauthorised-change', { at, body, commit: move.to });
}
