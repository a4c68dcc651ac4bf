import canonicalize from 'canonicalize';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import { jsonEquals } from '../document/json-equals.ts';
import type { Attribution, DriftFinding, DriftItem } from './drift-item.ts';

/** What one look at a target found. */
export interface DriftLook {
  readonly target: string;
  readonly findings: readonly DriftFinding[];
  /** Whether the object was really looked at: what a gap hides stays open. */
  readonly looked: (ref: ObjectRef) => boolean;
  readonly at: string;
}

export interface TrackedDrift {
  /** Seen for the first time, or again after it was resolved. */
  readonly opened: readonly DriftItem[];
  readonly resolved: readonly DriftItem[];
  /** Still open, as of now; those of other targets and those that couldn't be looked at as they were. */
  readonly kept: readonly DriftItem[];
  /** Those of `kept` of which more than the time of the last look is new. */
  readonly changed: readonly DriftItem[];
}

/** The history of a target's drift, one look further. */
export function trackDrift(previous: readonly DriftItem[], seen: DriftLook): TrackedDrift {
  const open = previous.filter(({ resolvedAt }) => resolvedAt === undefined);
  const own = new Map(open.filter(({ target }) => target === seen.target).map((item) => [item.id, item]));
  const found = new Map(seen.findings.map((finding) => [finding.id, finding]));

  const opened: DriftItem[] = [];
  const changed: DriftItem[] = [];
  const kept: DriftItem[] = [];
  const resolved: DriftItem[] = [];
  for (const [id, finding] of found) {
    const before = own.get(id);
    if (before === undefined) opened.push({ ...finding, target: seen.target, firstSeen: seen.at, lastSeen: seen.at });
    else {
      const item = seenAgain(before, finding, seen.at);
      kept.push(item);
      if (!isSame(before, item)) changed.push(item);
    }
  }
  for (const item of open) {
    if (item.target !== seen.target || (!found.has(item.id) && !seen.looked(item.object))) kept.push(item);
    else if (!found.has(item.id)) resolved.push({ ...item, resolvedAt: seen.at });
  }
  return { opened, resolved, kept, changed };
}

function seenAgain(before: DriftItem, finding: DriftFinding, at: string): DriftItem {
  const { target, firstSeen, excused, opened } = before;
  return {
    ...finding,
    by: byBoth(before, finding),
    target,
    firstSeen,
    lastSeen: at,
    ...(excused === undefined ? {} : { excused }),
    ...(opened === undefined ? {} : { opened }),
  };
}

/** A later look can't know better when the same value came: its writer's entry only moves on. */
function byBoth(before: DriftItem, { live, by }: DriftFinding): Attribution {
  const same = before.by.manager === by.manager && jsonEquals(before.live ?? null, live ?? null);
  return same && timeOf(before.by) <= timeOf(by) ? before.by : by;
}

function timeOf({ changedAt }: Attribution): number {
  const time = Date.parse(changedAt ?? '');
  return Number.isNaN(time) ? Infinity : time;
}

function isSame(before: DriftItem, now: DriftItem): boolean {
  return canonicalize({ ...before, lastSeen: '' }) === canonicalize({ ...now, lastSeen: '' });
}
