import {
  assessReadiness,
  deliveryTargets,
  type EnvironmentStatus,
  type JsonObject,
  type LiveDigestsVerdict,
  type NewEvidence,
  type ReadinessExpectation,
  type ReadinessVerdict,
  type SignedRecord,
} from '@fairlead/domain';
import { judgeTarget } from '../delivery/judge-target.ts';
import { observationBody } from '../delivery/observation-body.ts';
import { sameTarget, targetName } from '../delivery/same-target.ts';
import { observeLive } from '../environment/observe-live.ts';
import { environmentStatus } from '../environment/environment-status.ts';
import { promotionEvidence } from '../promotion/promotion-evidence.ts';
import { quorumOf } from '../approval/quorum.ts';
import type { Assessed, ObservedTarget } from './assessed.ts';
import { observeDrift } from './observe-drift.ts';
import { loadReadinessRecords, readinessRecordOf, type Judged } from './readiness-records.ts';

export interface AssessedEnvironment {
  readonly verdict: ReadinessVerdict;
  /** Made for this verdict: what was observed, and the verdict itself. Signed, not yet appended. */
  readonly records: readonly SignedRecord[];
  readonly status: EnvironmentStatus;
  readonly targets: readonly ObservedTarget[];
  /** What the verdict knew of exceptions, to be asked about where it is written: see `requireSameExceptions`. */
  readonly judged: Judged;
  /** A controller is at a regular look at what it had delivered: what it says in a moment is the verdict. */
  readonly passing: boolean;
}

/** Looks at the targets and at what runs, now, and folds that and the evidence so far into a verdict. Writes nothing. */
export async function assessEnvironment(context: Assessed): Promise<AssessedEnvironment> {
  const { ports, promotion } = context;
  const targets = await observeTargets(context);
  const live = await observeLive(context);
  const at = ports.clock.now();
  const observed = await Promise.all(
    [...targets.map((target) => target.evidence), liveEvidence(context, live, at), ...(await observeDrift(context))].map((evidence) =>
      ports.signer.sign(evidence),
    ),
  );

  const stored = await loadReadinessRecords(ports.store, promotion, at);
  const expected = expectationOf(context);
  const verdict = assessReadiness(expected, [...stored.records, ...observed.map(readinessRecordOf)], at);

  const record = await ports.signer.sign(promotionEvidence(promotion, 'readiness', { at, body: verdictBody(verdict, expected) }));
  const status = await environmentStatus(context, { verdict, record: record.digest, targets, live: live.components });
  const judged = { at, exceptions: stored.exceptions };
  return { verdict, records: [...observed, record], status, targets, judged, passing: isPassing(targets) };
}

async function observeTargets(context: Assessed): Promise<readonly ObservedTarget[]> {
  const { promotion, configuration, ports } = context;
  const observed: ObservedTarget[] = [];
  for (const target of deliveryTargets(configuration.environment)) {
    const sync = promotion.syncs.findLast((attempt) => sameTarget(attempt.target, target));
    const now = ports.clock.now();
    const judged = await judgeTarget(context, { target, sync }, now);
    if (judged.verdict.refresh === true) await ports.delivery[target.controller].requestRefresh(target);
    const body = observationBody(target, { ...judged, sync, desired: promotion.content.after });
    observed.push({ ...judged, evidence: promotionEvidence(promotion, 'sync-observation', { at: now, body }) });
  }
  return observed;
}

/** Only that it looks stands against it. */
function isPassing(targets: readonly ObservedTarget[]): boolean {
  const against = targets.filter(({ verdict }) => verdict.kind !== 'delivered');
  return against.length > 0 && against.every(({ verdict }) => verdict.rechecking === true);
}

function liveEvidence({ promotion }: Assessed, live: LiveDigestsVerdict, at: Date): NewEvidence {
  const body: JsonObject = {
    verdict: live.verdict,
    problems: [...live.problems],
    desired: promotion.content.after,
    components: live.components.map(({ component, expected, running, status }) => ({
      component,
      expected: [...expected],
      running: [...running],
      status,
    })),
  };
  return promotionEvidence(promotion, 'live-digests', { at, body });
}

function expectationOf({ promotion, configuration }: Assessed): ReadinessExpectation {
  return {
    release: promotion.release.digest,
    revision: promotion.mergeCommit ?? 'not merged',
    targets: deliveryTargets(configuration.environment).map(targetName),
    requiredPhases: configuration.phases.filter(({ spec }) => spec.required).map(({ metadata }) => metadata.name),
    approvals: quorumOf(configuration).count,
    liveObservationMaxAgeMs: configuration.policy.liveObservationMaxAgeMs,
    driftRevokeFrom: configuration.policy.drift.revokeFrom,
  };
}

/** With its expectation, so that anybody can fold the same records again. */
function verdictBody(verdict: ReadinessVerdict, expected: ReadinessExpectation): JsonObject {
  const { targets, requiredPhases, ...plain } = expected;
  return {
    spec: verdict.spec,
    expected: { ...plain, targets: [...targets], requiredPhases: [...requiredPhases] },
    verdict: verdict.kind,
    asOf: verdict.asOf,
    checks: [...verdict.checks],
    inputs: [...verdict.inputs],
    blockers: verdict.kind === 'ready' ? [] : verdict.blockers.map(({ gate, code, message }) => ({ gate, code, message })),
  };
}
