import type { DriftChanges } from './target-comparison.ts';

/** The same object stays the same: nothing happened. */
export const noChanges: DriftChanges = { opened: [], resolved: [], changed: [] };

export function changeCount({ opened, resolved, changed }: DriftChanges): number {
  return opened.length + resolved.length + changed.length;
}

export function joinedChanges(one: DriftChanges, other: DriftChanges): DriftChanges {
  if (changeCount(other) === 0) return one;
  return {
    opened: [...one.opened, ...other.opened],
    resolved: [...one.resolved, ...other.resolved],
    changed: [...one.changed, ...other.changed],
  };
}
