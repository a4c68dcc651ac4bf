import type { DriftItem } from '@fairlead/domain';
import type { DriftChanges } from './target-comparison.ts';

/** The same object stays the same: nothing happened. */
export const noChanges: DriftChanges = { opened: [], resolved: [], changed: [] };

export function changeCount({ opened, resolved, changed }: DriftChanges): number {
  return opened.length + resolved.length + changed.length;
}

/** What is left to write of changes that nobody wrote yet, after a later comparison. What opened and was resolved again never was; what was resolved and opened again is
 *  in both. */
export function followedBy(first: DriftChanges, later: DriftChanges): DriftChanges {
  if (changeCount(later) === 0) return first;
  const [opened, resolved, changed] = [byId(first.opened), byId(first.resolved), byId(first.changed)];
  for (const item of later.resolved) {
    changed.delete(item.id);
    if (!opened.delete(item.id)) resolved.set(item.id, item);
  }
  for (const item of later.opened) opened.set(item.id, item);
  for (const item of later.changed) (opened.has(item.id) ? opened : changed).set(item.id, item);
  const left = { opened: [...opened.values()], resolved: [...resolved.values()], changed: [...changed.values()] };
  return changeCount(left) === 0 ? noChanges : left;
}

/** How the items stand after the changes, each once. */
export function itemsAfter({ opened, resolved, changed }: DriftChanges): readonly DriftItem[] {
  return [...byId([...resolved, ...changed, ...opened]).values()];
}

function byId(items: readonly DriftItem[]): Map<string, DriftItem> {
  return new Map(items.map((item) => [item.id, item]));
}
