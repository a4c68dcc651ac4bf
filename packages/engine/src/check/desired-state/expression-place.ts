import type { Position } from '@fairlead/domain';

interface Part {
  readonly text: string;
  readonly offset: number;
}

/** Where a part of a scalar's text stands in its file: `at` is the scalar's beginning, `offset` counts in its text. A folded scalar, and a quoted
 *  one of several lines, is only known as a whole. */
export function expressionPlace(lines: readonly string[], at: Position, { text, offset }: Part): Position {
  const head = (lines[at.line - 1] ?? '').slice(at.column - 1);
  const before = text.slice(0, offset).split('\n');
  const [row, column] = [before.length - 1, (before.at(-1) ?? '').length];
  if (head.startsWith('|')) return { line: at.line + 1 + row, column: indentBelow(lines, at.line) + column + 1 };
  if (head.startsWith('>') || row > 0) return at;
  return { line: at.line, column: at.column + (/^["']/.test(head) ? 1 : 0) + column };
}

/** A block's indent is that of its first line with text. */
function indentBelow(lines: readonly string[], line: number): number {
  const first = lines.slice(line).find((candidate) => candidate.trim() !== '') ?? '';
  return first.length - first.trimStart().length;
}
