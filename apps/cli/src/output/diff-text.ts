import { changeLines } from '@fairlead/domain';
import pc from 'picocolors';
import type { EnvironmentDiff } from '../local/wire.ts';

/** What changes, environment by environment. Those that stay as they are share a line. */
export function diffText(diffs: readonly EnvironmentDiff[], colour: boolean): string {
  const colours = pc.createColors(colour);
  const paint = (line: string): string => {
    if (/^\s*\+/.test(line)) return colours.green(line);
    return /^\s*-/.test(line) ? colours.red(line) : line;
  };
  const same = diffs.filter(({ kind }) => kind === 'unchanged').map(({ environment }) => environment);
  const blocks = diffs.flatMap((diff) => {
    if (diff.kind === 'unchanged') return [];
    const title = colours.bold(`${diff.environment}${titles[diff.kind]}`);
    if (diff.kind !== 'failed') return [[title, ...changeLines(diff.changes).map((line) => `  ${paint(line)}`)].join('\n')];
    const { side, code, message, fix } = diff;
    const when = side === 'before' ? 'as it was' : 'as it is now';
    return [[title, `  ${when} it does not render: ${message} (${code})`, `  ${colours.green('fix')}: ${fix}`].join('\n')];
  });
  const rest = same.length === 0 ? [] : [`unchanged: ${same.join(', ')}`];
  return `${[...blocks, ...rest].join('\n\n') || 'no environment was found'}\n`;
}

const titles = { changed: '', added: ' (new)', removed: ' (gone)', failed: '' } as const;
