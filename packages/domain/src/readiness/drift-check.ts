import { objectName, ObjectRef } from '../desired-state/object-ref.ts';
import { DriftSeverity } from '../policy/policy.ts';
import { failed, forEach, isOf, missing, newest, shaped, type Judged } from './check-outcome.ts';
import { ExceptionBody, LiveObservationBody, RevocationBody, type ObservedDrift } from './readiness-evidence.ts';
import type { CheckOutcome, ReadinessExpectation, ReadinessRecord } from './readiness-expectation.ts';

/** How many differences a message names. */
const named = 5;

/** Every target was looked at lately and wholly, and what differs there is excused, ignored by a rule, or too slight to count. */
export function judgeDrift(expected: ReadinessExpectation, records: readonly ReadinessRecord[], now: Date): CheckOutcome {
  const excuses = shaped(records, { type: 'exception', body: ExceptionBody }).filter(({ body }) => isInForce(body, records, now));
  return forEach(expected.targets, (target) => {
    const found = newest(
      records,
      { type: 'live-observation', body: LiveObservationBody },
      ({ record, body }) => body.target === target && isOf(expected, record),
    );
    const ageMs = found === undefined ? Infinity : now.getTime() - Date.parse(found.record.at);
    if (found === undefined || ageMs > expected.liveObservationMaxAgeMs) return stale(expected, target, found?.record);
    return judgeTarget(expected, found, excuses);
  });
}

function stale(expected: ReadinessExpectation, target: string, last: ReadinessRecord | undefined): CheckOutcome {
  return missing({
    code: 'live-observation-stale',
    message:
      last === undefined
        ? `${target}: nothing observed of ${expected.revision} in the cluster`
        : `${target}: the cluster was last heard of at ${last.at}`,
    expected: `an observation not older than ${String(expected.liveObservationMaxAgeMs / 1000)} s`,
    ...(last === undefined ? {} : { observed: `as of ${last.at}`, since: last.at }),
    fix: 'see that the observer runs and reaches the cluster: fairlead doctor',
  });
}

function judgeTarget(
  { driftRevokeFrom }: ReadinessExpectation,
  found: Judged<LiveObservationBody>,
  excuses: readonly Judged<ExceptionBody>[],
): CheckOutcome {
  const { target, complete, gaps, drift } = found.body;
  const counting = drift.filter(({ severity, ignoredBy }) => ignoredBy === undefined && isAsGraveAs(severity, driftRevokeFrom));
  const excused = counting.map((item) => ({ item, excuse: excuses.findLast(({ body }) => body.drift.includes(item.id)) }));
  const unexcused = excused.flatMap(({ item, excuse }) => (excuse === undefined ? [item] : []));
  const used = excused.flatMap(({ excuse }) => (excuse === undefined ? [] : [excuse.record.digest]));
  if (unexcused.length > 0) {
    const problem = {
      code: 'drift-found',
      message: `${target}: ${describeAll(unexcused)}`,
      expected: 'what runs is as Git declares it',
      observed: `${String(unexcused.length)} ${unexcused.length === 1 ? 'difference' : 'differences'} that nobody excused`,
      fix: 'fairlead drift list, then: fairlead drift reconcile ID, or drift adopt ID, or exception create --for-drift ID',
      ...sinceOf(unexcused),
    };
    return failed(found, problem, used);
  }
  if (!complete) {
    return missing({
      code: 'live-observation-incomplete',
      message: `${target}: not everything could be looked at: ${gaps.join('; ')}`,
      expected: 'every kind that the environment has is watched',
      observed: `${String(gaps.length)} gaps`,
      fix: 'give the observer the rights that it lacks: fairlead doctor',
    });
  }
  return { kind: 'passed', inputs: [...new Set([found.record.digest, ...used])] };
}

/** Approved by another person, begun, not over, not revoked. */
function isInForce(exception: ExceptionBody, records: readonly ReadinessRecord[], now: Date): boolean {
  const { approvedBy, requestedBy, notBefore, expiresAt } = exception;
  if (!approvedBy.some((actor) => actor !== requestedBy)) return false;
  if (!(Date.parse(notBefore) <= now.getTime() && now.getTime() < Date.parse(expiresAt))) return false;
  return !shaped(records, { type: 'revocation', body: RevocationBody }).some(
    ({ record, body }) => body.exception === exception.exception && Date.parse(record.at) <= now.getTime(),
  );
}

/** Severities stand from the gravest on. */
function isAsGraveAs(severity: DriftSeverity, least: DriftSeverity): boolean {
  return DriftSeverity.options.indexOf(severity) <= DriftSeverity.options.indexOf(least);
}

function describeAll(items: readonly ObservedDrift[]): string {
  const more = items.length - named;
  return [...items.slice(0, named).map(describe), ...(more > 0 ? [`and ${String(more)} more`] : [])].join('; ');
}

/** Object, field, manager and minute, as far as they are known. */
function describe({ id, class: how, object, path, severity, by }: ObservedDrift): string {
  const ref = ObjectRef.safeParse(object);
  const what = ref.success ? objectName(ref.data) : typeof object === 'string' ? object : id;
  const who = by?.manager === undefined ? '' : `, by ${by.manager}`;
  const when = by?.changedAt === undefined ? '' : `, ${by.changedAt.slice(0, 16).replace('T', ' ')} UTC`;
  return `${what} ${phraseOf(how, path)} (${severity}${who}${when})`;
}

function phraseOf(how: ObservedDrift['class'], path: string): string {
  switch (how) {
    case 'changed':
      return `differs at ${path}`;
    case 'missing':
      return 'is gone';
    case 'extra':
      return 'is there and not declared';
    case 'added-field':
      return `has ${path}, which is not declared`;
    case 'image':
      return `runs another image at ${path}`;
    case 'secret':
      return `differs${path === '' ? '' : ` at ${path}`}`;
    case undefined:
      return path;
  }
}

/** The oldest of them, where each says when it began. */
function sinceOf(items: readonly ObservedDrift[]): { readonly since?: string } {
  const times = items.flatMap(({ by }) => by?.changedAt ?? []);
  const first = times.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
  return first === undefined || times.length < items.length ? {} : { since: first };
}
