import type { EnvironmentDiff } from '../local/wire.ts';
import { comparisonText, diffText, type ShownComparison } from './diff-text.ts';
import { plainHtml, plainMarkdown } from './plain-markdown.ts';

/** GitHub takes 65,536 characters in a comment. */
const room = 60_000;

/** Each environment that changes as a part that can be folded, fitting into a comment of a pull request. */
export function diffMarkdown(diffs: readonly EnvironmentDiff[]): string {
  const changed = diffs.filter(({ kind }) => kind !== 'unchanged');
  const same = diffs.filter(({ kind }) => kind === 'unchanged').map(({ environment }) => environment);
  const share = room / Math.max(1, changed.length);
  const parts = changed.map((diff) =>
    folded(`${diff.environment}: ${countsOf(diff)}`, { text: diffText([diff], false), share, open: changed.length === 1 }),
  );
  const head = `**fairlead diff**: ${changed.length === 0 ? 'no environment changes' : `${String(changed.length)} of ${String(diffs.length)} environments change`}`;
  const rest = same.length === 0 ? [] : [`Unchanged: ${plainMarkdown(same.slice(0, 100).join(', '))}${same.length > 100 ? ', …' : ''}`];
  return `${[head, ...parts, ...rest].join('\n\n')}\n`;
}

export function comparisonMarkdown(shown: ShownComparison): string {
  return `${folded(`${shown.from} → ${shown.to}`, { text: comparisonText(shown, false), share: room, open: true })}\n`;
}

function countsOf(diff: EnvironmentDiff): string {
  switch (diff.kind) {
    case 'unchanged':
      return 'unchanged';
    case 'failed':
      return 'does not render';
    case 'added':
      return 'new';
    case 'removed':
      return 'gone';
    case 'changed':
      return `${String(diff.changes.length)} object${diff.changes.length === 1 ? '' : 's'}`;
  }
}

function folded(title: string, { text, share, open }: { readonly text: string; readonly share: number; readonly open: boolean }): string {
  const lines = text.trimEnd().split('\n');
  let used = 0;
  const tooFar = lines.findIndex((line) => (used += line.length + 1) > share - 200);
  const fitting = tooFar < 0 ? lines : [...lines.slice(0, tooFar), `… and ${String(lines.length - tooFar)} more lines`];
  // A fence ends at the first run of backticks that is as long as its own.
  const longest = Math.max(2, ...[...fitting.join('\n').matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `<details${open ? ' open' : ''}><summary>${plainHtml(title)}</summary>\n\n${fence}diff\n${fitting.join('\n')}\n${fence}\n\n</details>`;
}
