import { matchesGlob } from '../drift/glob.ts';
import { isActive, spanAt } from './sync-window-times.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { SyncWindow, WindowSubject } from './sync-window.ts';

/** Whether a sync that a person asks for may begin. */
export type WindowsVerdict =
  /** `closes`: when that changes, if it does within the time that is looked ahead. */
  | { readonly kind: 'open'; readonly closes?: string }
  | { readonly kind: 'closed'; readonly by: readonly SyncWindow[]; readonly opens?: string };

/** What an AppProject's windows say of one Application: an active denial closes; so does an allowance that isn't active where none is. */
export function judgeSyncWindows(windows: readonly SyncWindow[], subject: WindowSubject, now: Date): WindowsVerdict {
  const ours = windowsOf(windows, subject);
  const by = closingAt(ours, now);
  const changes = firstChange(ours, { now, isClosed: by.length > 0 });
  if (by.length === 0) return { kind: 'open', ...(changes === undefined ? {} : { closes: changes }) };
  return { kind: 'closed', by, ...(changes === undefined ? {} : { opens: changes }) };
}

export function windowSubject({ target, destination }: Pick<ObservedArgoCd, 'target' | 'destination'>): WindowSubject {
  const clusters = [destination.server, destination.name].filter((name) => name !== undefined);
  return { application: target.name, namespace: destination.namespace, clusters };
}

/** The windows that concern an Application. */
export function windowsOf(windows: readonly SyncWindow[], subject: WindowSubject): readonly SyncWindow[] {
  return windows.filter((window) => {
    const tests = [
      { patterns: window.applications, values: [subject.application] },
      { patterns: window.namespaces, values: [subject.namespace] },
      { patterns: window.clusters, values: subject.clusters },
    ];
    const given = tests.filter(({ patterns }) => patterns.length > 0);
    const isMatch = ({ patterns, values }: (typeof tests)[number]): boolean =>
      patterns.some((pattern) => values.some((value) => matchesGlob(pattern, value)));
    return window.andOperator ? given.length > 0 && given.every(isMatch) : given.some(isMatch);
  });
}

/** For people: `deny 0 22 * * * for 8h (Europe/Berlin): nights`. */
export function windowName({ kind, schedule, duration, timeZone, description }: SyncWindow): string {
  const zone = timeZone === '' || timeZone === 'UTC' ? 'UTC' : timeZone;
  return `${kind} ${schedule} for ${duration} (${zone})${description === undefined ? '' : `: ${description}`}`;
}

/** A window that lets people pass closes nothing for us; but where one of several doesn't, all of them stand. */
function closingAt(windows: readonly SyncWindow[], at: Date): readonly SyncWindow[] {
  const denying = windows.filter((window) => window.kind === 'deny' && isActive(window, at));
  const allowing = windows.filter(({ kind }) => kind === 'allow');
  const isAllowed = allowing.length === 0 || allowing.some((window) => isActive(window, at));
  const closing = denying.length > 0 ? denying : isAllowed ? [] : allowing;
  return closing.every(({ manualSync }) => manualSync) ? [] : closing;
}

const mostChanges = 60;

/** Only at the ends of spans anything changes, so it is enough to look there. */
function firstChange(
  windows: readonly SyncWindow[],
  { now, isClosed }: { readonly now: Date; readonly isClosed: boolean },
): string | undefined {
  let at = now;
  for (let looked = 0; looked < mostChanges; looked += 1) {
    const next = nextEdge(windows, at);
    if (next === undefined) return undefined;
    at = new Date(next);
    if (closingAt(windows, at).length > 0 !== isClosed) return at.toISOString();
  }
  return undefined;
}

function nextEdge(windows: readonly SyncWindow[], at: Date): number | undefined {
  const edges = windows.flatMap((window) => {
    const span = spanAt(window, at);
    return span === undefined ? [] : [span.from, span.to].filter((edge) => edge > at.getTime());
  });
  return edges.length === 0 ? undefined : Math.min(...edges);
}
