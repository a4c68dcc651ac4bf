import { changeLines, unprovenText, type ObjectChange } from '@fairlead/domain';
import pc from 'picocolors';
import type { EnvironmentDiff } from '../local/wire.ts';

/** What changes, environment by environment. Those that stay as they are share a line. */
export function diffText(diffs: readonly EnvironmentDiff[], colour: boolean): string {
  const colours = pc.createColors(colour);
  const paint = painter(colours);
  const same = diffs.filter(({ kind }) => kind === 'unchanged').map(({ environment }) => environment);
  const blocks = diffs.flatMap((diff) => {
    if (diff.kind === 'unchanged') return [];
    const notes = (diff.unproven ?? []).map((one) => `\n  ${colours.yellow(unprovenText(one))}`).join('');
    const title = `${colours.bold(`${diff.environment}${titles[diff.kind]}`)}${notes}`;
    if (diff.kind === 'changed') return [[title, ...changeLines(diff.changes).map((line) => `  ${paint(line)}`)].join('\n')];
    if (diff.kind !== 'failed') return [[title, `  ${paint(countText(diff))}`].join('\n')];
    const { side, code, message, fix } = diff;
    const when = side === 'before' ? 'as it was' : 'as it is now';
    return [[title, `  ${when} it does not render: ${message} (${code})`, `  ${colours.green('fix')}: ${fix}`].join('\n')];
  });
  const rest = same.length === 0 ? [] : [`unchanged: ${same.join(', ')}`];
  return `${[...blocks, ...rest].join('\n\n')}\n`;
}

/** The changes of one comparison. */
export function comparedText(changes: readonly ObjectChange[], colour: boolean): string {
  return changeLines(changes)
    .map(painter(pc.createColors(colour)))
    .map((line) => `${line}\n`)
    .join('');
}

function painter(colours: ReturnType<typeof pc.createColors>): (line: string) => string {
  return (line) => {
    if (/^\s*\+/.test(line)) return colours.green(line);
    return /^\s*-/.test(line) ? colours.red(line) : line;
  };
}

/** All of an environment is too much to read, and in its files anyway. */
function countText({ kind, changes }: Extract<EnvironmentDiff, { readonly changes: unknown }>): string {
  const kinds = new Map<string, number>();
  for (const { object } of changes) kinds.set(object.kind, (kinds.get(object.kind) ?? 0) + 1);
  const counts = [...kinds].map(([name, count]) => `${String(count)} ${name}`).join(', ');
  return `${kind === 'added' ? '+' : '-'} ${String(changes.length)} object${changes.length === 1 ? '' : 's'}: ${counts}`;
}

const titles = { changed: '', added: ' (new)', removed: ' (gone)', failed: '' } as const;
