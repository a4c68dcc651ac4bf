import { lineDiff } from '@fairlead/domain';
import pc from 'picocolors';
import type { PlannedFix, PlannedFixes } from '../local/wire/plan-fixes.ts';
import { visibleText } from './visible-text.ts';

/** What would be written, line by line, and what would not. */
export function fixesText({ fixes, left }: PlannedFixes, colour: boolean): string {
  const colours = pc.createColors(colour);
  const blocks = fixes.map((fix) =>
    [colours.bold(`${visibleText(fix.path)}: ${visibleText(fix.because)}`), ...changedLines(fix, colours)].join('\n'),
  );
  const rest = left.length === 0 ? [] : [['not repaired', ...left.map((line) => `  ${visibleText(line)}`)].join('\n')];
  return [...blocks, ...rest].map((block) => `${block}\n\n`).join('');
}

const context = 1;

function changedLines({ before, after }: PlannedFix, { green, red }: ReturnType<typeof pc.createColors>): readonly string[] {
  const lines = lineDiff(before, after);
  const changed = lines.map(({ kind }) => kind !== 'same');
  return lines.flatMap(({ kind, text }, index) => {
    if (!changed.slice(Math.max(0, index - context), index + context + 1).includes(true)) return [];
    const line = visibleText(text);
    if (kind === 'same') return [`    ${line}`];
    return [kind === 'added' ? green(`  + ${line}`) : red(`  - ${line}`)];
  });
}
