import { at, isJsonObject, listAt, textAt, textsAt, type Json } from '../../json/json.ts';
import { parseCron } from './cron.ts';
import { matchesGlob } from './glob.ts';
import { parseGoDuration } from '../../kube/go-duration.ts';

/** What of an application the windows of its project look at. */
export interface WindowSubject {
  readonly application: string;
  readonly namespace: string;
  readonly clusters: readonly string[];
}

export interface SyncAttempt {
  readonly manual: boolean;
  readonly now: Date;
  /** When the operation began, if it did: `syncOverrun` lets it go on when it was allowed to begin. */
  readonly startedAt?: Date | undefined;
}

/** Whether the project's windows let this application sync. An unreadable window counts as not there, as in Argo CD. */
export function canSync(project: Json, subject: WindowSubject, attempt: SyncAttempt): boolean {
  const windows = listAt(project, 'spec', 'syncWindows').filter((window) => concerns(window, subject));
  const verdict = canSyncAt(windows, attempt.manual, attempt.now);
  if (verdict || attempt.startedAt === undefined) return verdict;
  const blocking = blockingAt(windows, attempt.now);
  return blocking.every((window) => at(window, 'syncOverrun') === true) && canSyncAt(windows, attempt.manual, attempt.startedAt);
}

function canSyncAt(windows: readonly Json[], manual: boolean, now: Date): boolean {
  const blocking = blockingAt(windows, now);
  return blocking.length === 0 || (manual && blocking.every((window) => at(window, 'manualSync') === true));
}

/** Active denials; or, when there are none and nothing allows now, the allowances that are not active. */
function blockingAt(windows: readonly Json[], now: Date): readonly Json[] {
  const denials = windows.filter((window) => textAt(window, 'kind') === 'deny' && isActive(window, now));
  if (denials.length > 0) return denials;
  const allowances = windows.filter((window) => textAt(window, 'kind') === 'allow');
  return allowances.some((window) => isActive(window, now)) ? [] : allowances;
}

function concerns(window: Json, { application, namespace, clusters }: WindowSubject): boolean {
  if (!isJsonObject(window)) return false;
  const some = (field: string, values: readonly string[]): boolean =>
    textsAt(window, field).some((pattern) => values.some((value) => matchesGlob(pattern, value)));
  const tests = [
    { field: 'applications', values: [application] },
    { field: 'namespaces', values: [namespace] },
    { field: 'clusters', values: clusters },
  ];
  if (window['andOperator'] !== true) return tests.some(({ field, values }) => some(field, values));
  const named = tests.filter(({ field }) => textsAt(window, field).length > 0);
  return named.length > 0 && named.every(({ field, values }) => some(field, values));
}

const minuteMs = 60_000;

/** Active when the schedule fired within the last `duration`. */
function isActive(window: Json, now: Date): boolean {
  try {
    const fires = parseCron(textAt(window, 'schedule') ?? '');
    const durationMs = parseGoDuration(textAt(window, 'duration') ?? '');
    const wallClock = now.getTime() + zoneOffsetMs(textAt(window, 'timeZone') ?? 'UTC', now);
    for (let minute = Math.floor(wallClock / minuteMs) * minuteMs; minute > wallClock - durationMs; minute -= minuteMs) {
      if (fires(new Date(minute))) return true;
    }
    return false;
  } catch {
    return false;
  }
}

/** The zone's offset now, for the whole window: Argo CD does so too, which shifts a window that spans a change of the clocks. */
function zoneOffsetMs(timeZone: string, now: Date): number {
  const format = (zone: string): string => new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).format(now);
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(knownZone(timeZone, format)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

function knownZone(timeZone: string, format: (zone: string) => string): string {
  try {
    return format(timeZone);
  } catch {
    return format('UTC');
  }
}
