export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Above this, the table of the comparison would cost more than its answer is worth. */
const maxCells = 1_000_000;

/** The lines of two texts in one list, removed before added: a longest common subsequence. Very large differences are shown whole. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const middle = [old.slice(start, old.length - end), now.slice(start, now.length - end)] as const;
  return [...lines('same', old.slice(0, start)), ...compared(...middle), ...lines('same', old.slice(old.length - end))];
}

function lines(kind: DiffLine['kind'], texts: readonly string[]): readonly DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}

function compared(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  if (old.length * now.length > maxCells) return [...lines('removed', old), ...lines('added', now)];
  const lengths = commonLengths(old, now);
  const common = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  const result: DiffLine[] = [];
  let column = 0;
  for (const [row, text] of old.entries()) {
    while (column < now.length && now[column] !== text && common(row, column + 1) > common(row + 1, column)) {
      result.push(...lines('added', now.slice(column, column + 1)));
      column += 1;
    }
    const same = now[column] === text;
    result.push({ kind: same ? 'same' : 'removed', text });
    if (same) column += 1;
  }
  return [...result, ...lines('added', now.slice(column))];
}

/** `[row][column]`: how many lines the rests from there have in common, in order. */
function commonLengths(old: readonly string[], now: readonly string[]): readonly (readonly number[])[] {
  let below: readonly number[] = now.map(() => 0);
  const table = [below];
  for (const line of old.toReversed()) {
    const current: number[] = [];
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const skipped = Math.max(below[column] ?? 0, current[column + 1] ?? 0);
      current[column] = line === now[column] ? (below[column + 1] ?? 0) + 1 : skipped;
    }
    below = current;
    table.push(below);
  }
  return table.toReversed();
}
