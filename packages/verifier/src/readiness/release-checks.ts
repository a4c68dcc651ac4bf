import { digestAt, objectAt, textAt, textsAt } from '../json/fields.ts';
import { demand } from '../refusal.ts';
import { failed, missing, passed, type Check } from './readiness-record.ts';
import { flagAt, isFresh, objectsAt, readAs, readAtRevision, wordAt } from './shapes.ts';

/** The release is registered, pinned by digest. */
export const releaseCheck: Check = (folding) => {
  const newest = readAs(folding, 'release-manifest', (body) => {
    demand(flagAt(body, 'pinned') && textsAt(body, 'components').length > 0, 'field-wrong', 'the release is not pinned');
    return true;
  }).at(-1);
  return [newest === undefined ? missing('release-not-recorded') : passed(newest.record.digest)];
};

/** The merge commit renders to what was approved. */
export const desiredStateCheck: Check = (folding) => {
  const newest = readAtRevision(folding, 'desired-state', (body) => {
    wordAt(body, 'stage', ['merged']);
    return digestAt(body, 'approved') === digestAt(body, 'rendered');
  }).at(-1);
  if (newest === undefined) return [missing('desired-state-not-recorded')];
  const { digest } = newest.record;
  return [newest.said ? passed(digest) : failed('desired-state-differs', digest)];
};

const verdicts = [
  ...['delivered', 'in-progress', 'not-yet', 'out-of-sync', 'suspended', 'degraded', 'blocked', 'failed', 'superseded', 'head-moved'],
  ...['unauthorised', 'unknown', 'stale'],
];

/** Each target has delivered the commit. */
export const deliveryCheck: Check = (folding) => {
  const observed = readAtRevision(folding, 'sync-observation', (body) => {
    const verdict = objectAt(body, 'verdict');
    textAt(verdict, 'reason');
    return { target: textAt(body, 'target'), kind: wordAt(verdict, 'kind', verdicts) };
  });
  return folding.expected.targets.map((target) => {
    const newest = observed.findLast(({ said }) => said.target === target);
    if (newest === undefined) return missing('delivery-not-observed');
    const { kind } = newest.said;
    if (kind === 'unknown' || kind === 'stale') return missing(`delivery-${kind}`);
    const { digest } = newest.record;
    return kind === 'delivered' ? passed(digest) : failed(`delivery-${kind}`, digest);
  });
};

/** What runs is the release, seen not too long ago. */
export const liveDigestsCheck: Check = (folding) => {
  const newest = readAtRevision(folding, 'live-digests', (body) => {
    textsAt(body, 'problems');
    return wordAt(body, 'verdict', ['passed', 'failed']);
  }).at(-1);
  if (newest === undefined || !isFresh(folding, newest.record.at)) return [missing('live-digests-stale')];
  const { digest } = newest.record;
  return [newest.said === 'passed' ? passed(digest) : failed('live-digests-differ', digest)];
};

/** The quorum held; passes where nobody is asked for. */
export const approvalsCheck: Check = (folding) => {
  if (folding.expected.approvals === 0) return [passed()];
  const newest = readAs(folding, 'gate', (body) => {
    wordAt(body, 'gate', ['approval']);
    textsAt(body, 'by');
    return wordAt(body, 'verdict', ['met', 'short', 'rejected']);
  }).at(-1);
  if (newest === undefined) return [missing('approvals-not-recorded')];
  const { digest } = newest.record;
  return [newest.said === 'met' ? passed(digest) : failed('approvals-short', digest)];
};

/** The newest attempt of each required phase passed, and still counts. */
export const validationCheck: Check = (folding) => {
  return newestAttempts(folding).map((attempt) => {
    if (attempt === undefined) return missing('validation-missing');
    const { digest } = attempt.record;
    if (attempt.said.verdict === 'failed') return failed('validation-failed', digest);
    const valid = Date.parse(folding.asOf) <= Date.parse(attempt.said.validUntil);
    return valid ? passed(digest) : missing('validation-expired');
  });
};

/** No HTTP check of those attempts failed. What was not attempted is said by the phases' own check. */
export const routeHealthCheck: Check = (folding) => {
  return newestAttempts(folding).flatMap((attempt) => {
    if (attempt === undefined) return [];
    const { digest } = attempt.record;
    const unhealthy = attempt.said.checks.some(({ kind, verdict }) => kind === 'http' && verdict !== 'passed');
    return [unhealthy ? failed('route-unhealthy', digest) : passed(digest)];
  });
};

function newestAttempts(folding: Parameters<Check>[0]): readonly (Attempt | undefined)[] {
  const attempts = readAtRevision(folding, 'validation', (body) => ({
    phase: textAt(body, 'phase'),
    verdict: wordAt(body, 'verdict', ['passed', 'failed']),
    validUntil: textAt(body, 'validUntil'),
    checks: objectsAt(body, 'checks').map((check) => {
      textAt(check, 'name');
      textAt(check, 'observed');
      return { kind: wordAt(check, 'kind', ['http', 'liveDigests']), verdict: wordAt(check, 'verdict', ['passed', 'failed', 'error']) };
    }),
  }));
  return folding.expected.requiredPhases.map((phase) => attempts.findLast(({ said }) => said.phase === phase));
}

type Attempt = ReturnType<
  typeof readAtRevision<{
    readonly phase: string;
    readonly verdict: 'passed' | 'failed';
    readonly validUntil: string;
    readonly checks: readonly { readonly kind: string; readonly verdict: string }[];
  }>
>[number];
