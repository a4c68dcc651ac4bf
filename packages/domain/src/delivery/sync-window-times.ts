import { Cron } from 'croner';
import { goDurationMs } from '../drift/go-duration.ts';
import type { SyncWindow } from './sync-window.ts';

/** One time for which a window is active. */
export interface WindowSpan {
  readonly from: number;
  readonly to: number;
}

/** The span that `at` is in, or the next one. Nothing where the window can't be read: the controller takes it for not there. */
export function spanAt(window: SyncWindow, at: Date): WindowSpan | undefined {
  const durationMs = goDurationMs(window.duration) ?? 0;
  const schedule = parsedSchedule(window.schedule);
  if (durationMs <= 0 || schedule === undefined) return undefined;
  // The zone's offset of this moment holds for the whole window, as in Argo CD: a window over a change of the clocks is shifted.
  const offsetMs = zoneOffsetMs(window.timeZone, at);
  const start = schedule.nextRun(new Date(at.getTime() + offsetMs - durationMs));
  if (start === null) return undefined;
  const from = start.getTime() - offsetMs;
  return { from, to: from + durationMs };
}

export function isActive(window: SyncWindow, at: Date): boolean {
  const span = spanAt(window, at);
  return span !== undefined && span.from <= at.getTime() && at.getTime() < span.to;
}

/** Wall clocks are looked at as if they were UTC. */
function parsedSchedule(expression: string): Cron | undefined {
  try {
    return new Cron(expression.trim(), { timezone: 'UTC', paused: true, mode: expression.trim().startsWith('@') ? 'auto' : '5-part' });
  } catch {
    return undefined;
  }
}

/** An unknown zone is UTC. */
function zoneOffsetMs(timeZone: string, at: Date): number {
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(zoneName(timeZone, at)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function zoneName(timeZone: string, at: Date): string {
  const name = (zone: string): string => new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).format(at);
  try {
    return name(timeZone === '' ? 'UTC' : timeZone);
  } catch {
    return name('UTC');
  }
}
