import { changeLines, unprovenText, type ObjectChange } from '@fairlead/domain';
import pc from 'picocolors';
import type { ComparedEnvironments } from '../local/wire/diff-places.ts';
import type { EnvironmentDiff } from '../local/wire.ts';
import { visibleText } from './visible-text.ts';

/** What changes, environment by environment. Those that stay as they are share a line. */
export function diffText(diffs: readonly EnvironmentDiff[], colour: boolean): string {
  const colours = pc.createColors(colour);
  const paint = painter(colours);
  const same = diffs.filter(({ kind }) => kind === 'unchanged').map(({ environment }) => environment);
  const blocks = diffs.flatMap((diff) => {
    if (diff.kind === 'unchanged') return [];
    const notes = (diff.unproven ?? []).map((one) => `\n  ${colours.yellow(visibleText(unprovenText(one)))}`).join('');
    const title = `${colours.bold(`${visibleText(diff.environment)}${titles[diff.kind]}`)}${notes}`;
    if (diff.kind === 'changed') return [[title, ...changeLines(diff.changes).map((line) => `  ${paint(line)}`)].join('\n')];
    if (diff.kind !== 'failed') return [[title, `  ${paint(countText(diff))}`].join('\n')];
    const { side, code, message, fix } = diff;
    const when = side === 'before' ? 'as it was' : 'as it is now';
    return [
      [title, `  ${when} it does not render: ${visibleText(message)} (${code})`, `  ${colours.green('fix')}: ${visibleText(fix)}`].join(
        '\n',
      ),
    ];
  });
  const rest = same.length === 0 ? [] : [`unchanged: ${visibleText(same.join(', '))}`];
  return `${[...blocks, ...rest].join('\n\n')}\n`;
}

export interface ShownComparison {
  readonly from: string;
  readonly to: string;
  readonly compared: ComparedEnvironments;
}

/** How one environment differs from another: `-` and the left value are what the first has. */
export function comparisonText({ from, to, compared }: ShownComparison, colour: boolean): string {
  const { bold, green } = pc.createColors(colour);
  const title = bold(visibleText(`${from} → ${to}`));
  if (compared.kind === 'failed') {
    const { environment, message, code, fix } = compared;
    return `${title}\n  ${visibleText(`${environment} does not render: ${message}`)} (${code})\n  ${green('fix')}: ${visibleText(fix)}\n`;
  }
  const places = compared.namespaces.map(({ one, other }) => `  namespace ${named(one)} → ${named(other)}\n`).join('');
  const lines = comparedText(compared.changes, colour).replaceAll(/^(?=.)/gm, '  ');
  return `${title}\n${places}${lines === '' ? '  the same objects with the same fields\n' : lines}`;
}

/** The changes of one comparison. */
export function comparedText(changes: readonly ObjectChange[], colour: boolean): string {
  return changeLines(changes)
    .map(painter(pc.createColors(colour)))
    .map((line) => `${line}\n`)
    .join('');
}

function named(namespace: string): string {
  return namespace === '' ? '(none)' : visibleText(namespace);
}

function painter(colours: ReturnType<typeof pc.createColors>): (line: string) => string {
  return (foreign) => {
    const line = visibleText(foreign);
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
