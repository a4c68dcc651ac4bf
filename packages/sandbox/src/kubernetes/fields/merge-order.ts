/**
 * The order in which server-side apply merges two keyed lists: that of the applied items, with those that only the live list has
 * kept where they were among the shared ones. Follows the walk of structured-merge-diff, which clients see in every merged list.
 */
export function mergeOrder(live: readonly string[], applied: readonly string[]): readonly string[] {
  const walk: Walk = { applied, shared: applied.filter((key) => live.includes(key)), merged: new Set() };
  const result: string[] = [];
  let left = 0;
  let right = 0;
  while (left < live.length || right < applied.length) {
    const mine = live[left];
    const theirs = applied[right];
    const step = nextStep(walk, mine, theirs);
    if (step === 'take-live' && mine !== undefined) result.push(mine);
    if (step === 'take-applied' && theirs !== undefined) {
      result.push(theirs);
      note(walk, theirs);
      right += 1;
    }
    if (step !== 'take-applied' || mine === theirs) left += 1;
  }
  return result;
}

interface Walk {
  readonly applied: readonly string[];
  /** In both lists and not yet merged, in the order of the applied one. */
  readonly shared: string[];
  readonly merged: Set<string>;
}

function note({ shared, merged }: Walk, key: string): void {
  merged.add(key);
  if (shared[0] === key) shared.shift();
}

function nextStep(
  { applied, shared, merged }: Walk,
  mine: string | undefined,
  theirs: string | undefined,
): 'take-live' | 'take-applied' | 'skip-live' {
  if (mine === undefined) return 'take-applied';
  if (!applied.includes(mine)) return 'take-live';
  if (theirs === undefined || merged.has(mine)) return 'skip-live';
  // Shared, but its turn is later: it comes with the applied list.
  const [next] = shared;
  return mine !== theirs && next !== undefined && next !== mine ? 'skip-live' : 'take-applied';
}
