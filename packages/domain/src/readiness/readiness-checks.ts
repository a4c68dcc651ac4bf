import { failed, forEach, isOf, missing, newest, passed } from './check-outcome.ts';
import { judgeDrift } from './drift-check.ts';
import {
  ApprovalGateBody,
  DesiredStateBody,
  LiveDigestsBody,
  ReleaseManifestBody,
  SyncObservationBody,
  ValidationBody,
} from './readiness-evidence.ts';
import type { CheckOutcome, ReadinessExpectation, ReadinessRecord } from './readiness-expectation.ts';
import type { ReadinessCheck } from './readiness-verdict.ts';

type Check = (expected: ReadinessExpectation, records: readonly ReadinessRecord[], now: Date) => CheckOutcome;

/** One function for each check. Records are in the order in which they were made; the newest that fits counts. */
export const judgeCheck: Readonly<Record<ReadinessCheck, Check>> = {
  release: (expected, records) => {
    const found = newest(
      records,
      { type: 'release-manifest', body: ReleaseManifestBody },
      ({ record }) => record.release === expected.release,
    );
    if (found !== undefined) return passed(found);
    return missing({
      code: 'release-not-recorded',
      message: `no record of release ${expected.release}`,
      expected: 'a registered release, pinned by digest',
      fix: 'register the manifest: fairlead release register FILE',
    });
  },

  'desired-state': (expected, records) => {
    const found = newest(
      records,
      { type: 'desired-state', body: DesiredStateBody },
      ({ record, body }) => body.stage === 'merged' && isOf(expected, record),
    );
    if (found === undefined)
      return missing({
        code: 'desired-state-not-recorded',
        message: `no render of the merge commit ${expected.revision} is on record`,
        expected: 'the merge commit rendered and compared',
        fix: 'wait: Fairlead renders the merge commit before the sync',
      });
    const { approved, rendered } = found.body;
    if (approved === rendered) return passed(found);
    return failed(found, {
      code: 'desired-state-differs',
      message: 'the merge commit renders to something else than was approved',
      expected: approved,
      observed: rendered,
      fix: 'promote again, so that people approve what would run',
    });
  },

  delivery: (expected, records) =>
    forEach(expected.targets, (target) => {
      const found = newest(
        records,
        { type: 'sync-observation', body: SyncObservationBody },
        ({ record, body }) => body.target === target && isOf(expected, record),
      );
      if (found === undefined)
        return missing({
          code: 'delivery-not-observed',
          message: `nothing observed of target ${target} for commit ${expected.revision}`,
          expected: `delivered ${expected.revision}`,
          fix: 'wait for the controller, or see: fairlead doctor',
        });
      const { kind, reason } = found.body.verdict;
      if (kind === 'delivered') return passed(found);
      const judged = {
        code: `delivery-${kind}`,
        message: `${target}: ${reason}`,
        expected: `delivered ${expected.revision}`,
        observed: kind,
        fix: 'see: fairlead explain',
      };
      return kind === 'unknown' || kind === 'stale' ? missing(judged) : failed(found, judged);
    }),

  'live-digests': (expected, records, now) => {
    const found = newest(records, { type: 'live-digests', body: LiveDigestsBody }, ({ record }) => isOf(expected, record));
    const ageMs = found === undefined ? Infinity : now.getTime() - Date.parse(found.record.at);
    if (found === undefined || ageMs > expected.liveObservationMaxAgeMs) {
      return missing({
        code: 'live-digests-stale',
        message: 'no recent observation of the running images',
        expected: `an observation not older than ${String(expected.liveObservationMaxAgeMs / 1000)} s`,
        ...(found === undefined ? {} : { observed: `${String(Math.round(ageMs / 1000))} s old` }),
        fix: 'wait for the observer, or see: fairlead doctor',
      });
    }
    if (found.body.verdict === 'passed') return passed(found);
    return failed(found, {
      code: 'live-digests-differ',
      message: found.body.problems.join('; '),
      expected: "running digests equal the release's",
      fix: 'sync again, or promote what should run',
    });
  },

  drift: judgeDrift,

  'validation-phases': (expected, records, now) =>
    forEach(expected.requiredPhases, (phase) => {
      const found = newest(
        records,
        { type: 'validation', body: ValidationBody },
        ({ record, body }) => body.phase === phase && isOf(expected, record),
      );
      const rerun = `fairlead validation rerun ${phase}`;
      if (found === undefined)
        return missing({
          code: 'validation-missing',
          message: `phase ${phase} has not run on ${expected.revision}`,
          expected: `phase ${phase} passed on this revision`,
          fix: rerun,
        });
      if (found.body.verdict === 'failed')
        return failed(found, {
          code: 'validation-failed',
          message: `phase ${phase} failed`,
          expected: `phase ${phase} passed on this revision`,
          observed: 'failed',
          fix: rerun,
        });
      if (Date.parse(found.body.validUntil) >= now.getTime()) return passed(found);
      return missing({
        code: 'validation-expired',
        message: `phase ${phase} passed, valid until ${found.body.validUntil}`,
        expected: `a result of phase ${phase} that still counts`,
        fix: rerun,
      });
    }),

  'route-health': (expected, records) =>
    forEach(expected.requiredPhases, (phase) => {
      const found = newest(
        records,
        { type: 'validation', body: ValidationBody },
        ({ record, body }) => body.phase === phase && isOf(expected, record),
      );
      if (found === undefined) return { kind: 'passed', inputs: [] };
      const down = found.body.checks.filter(({ kind, verdict }) => kind === 'http' && verdict !== 'passed');
      if (down.length === 0) return passed(found);
      return failed(found, {
        code: 'route-unhealthy',
        message: down.map(({ name, observed }) => `${name}: ${observed}`).join('; '),
        expected: 'every route answers as declared',
        fix: `repair the route, then: fairlead validation rerun ${phase}`,
      });
    }),

  approvals: (expected, records) => {
    if (expected.approvals === 0) return { kind: 'passed', inputs: [] };
    const found = newest(records, { type: 'gate', body: ApprovalGateBody }, ({ record }) => record.release === expected.release);
    const quorum = `${String(expected.approvals)} approvals at the merge`;
    if (found === undefined)
      return missing({
        code: 'approvals-not-recorded',
        message: 'no record that the approvals held at the merge',
        expected: quorum,
        fix: 'promote through Fairlead, so that approvals are recorded',
      });
    if (found.body.verdict === 'met') return passed(found);
    return failed(found, {
      code: 'approvals-short',
      message: `${String(found.body.by.length)} people had approved at the merge`,
      expected: quorum,
      observed: found.body.verdict,
      fix: 'promote again with the approvals that the tier asks for',
    });
  },
};
