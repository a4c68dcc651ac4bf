import type { DriftChanges } from './target-comparison.ts';

/** What is left of changes that nobody wrote yet, after a later comparison: what opened and was resolved again never was. */
export function settledChanges(found: DriftChanges, later: DriftChanges): DriftChanges {
  const gone = new Set<string>(later.resolved.map(({ id }) => id));
  const opened = found.opened.filter(({ id }) => !gone.has(id));
  const never = new Set<string>(found.opened.flatMap(({ id }) => (gone.has(id) ? [id] : [])));
  const happened = <T extends { readonly id: string }>(items: readonly T[]): readonly T[] => items.filter(({ id }) => !never.has(id));
  return {
    opened: [...opened, ...later.opened],
    resolved: [...found.resolved, ...happened(later.resolved)],
    changed: [...happened(found.changed), ...happened(later.changed)],
  };
}
