import { changeLines } from '../desired-state/change-lines.ts';
import { objectName } from '../desired-state/object-ref.ts';
import { unprovenText } from '../desired-state/unproven-render.ts';
import type { Plan } from './plan.ts';
import { planDigest } from './plan.ts';
import { promotionTitle } from './promotion-message.ts';

/** Forges cut longer bodies, and nobody reads them. */
const shownLines = 300;

/** The plan as Markdown: for the body of a change, and for `--dry-run`. */
export function planSummary(plan: Plan): string {
  const { release, before, after } = plan;
  const rendered =
    before === 'absent' ? `${String(after.objects)} objects, new` : `${String(before.objects)} → ${String(after.objects)} objects`;
  return [
    `## ${promotionTitle(plan)}`,
    '',
    '| | |',
    '| --- | --- |',
    `| Release | ${release.version} \`${release.digest}\` |`,
    `| Source | \`${release.commit}\` |`,
    `| Rendered | ${rendered}: \`${before === 'absent' ? 'absent' : before.digest}\` → \`${after.digest}\` |`,
    `| Risk | ${plan.risk.level} |`,
    `| Plan | \`${planDigest(plan)}\` |`,
    ...section('Look at', riskLines(plan)),
    ...section('Images', imageLines(plan)),
    ...section(
      'Deletes',
      plan.removes.map((object) => `- \`${objectName(object)}\``),
    ),
    ...section(
      'Not proven',
      (plan.unproven ?? []).map((one) => `- ${unprovenText(one)}`),
    ),
    ...section('Objects', fenced('diff', changeLines(plan.changes))),
    ...section('Files', fileLines(plan)),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];
}

function riskLines({ risk }: Plan): readonly string[] {
  return risk.reasons.map(({ level, text }) => `- ${level}: ${text}`);
}

function imageLines({ images }: Plan): readonly string[] {
  const lines = images.map(({ object, container, before, after }) => {
    return `| \`${objectName(object)}\` | \`${container}\` | ${code(before)} | ${code(after)} |`;
  });
  return lines.length === 0 ? [] : ['| Object | Container | Before | After |', '| --- | --- | --- | --- |', ...lines];
}

function code(image: string | undefined): string {
  return image === undefined ? '–' : `\`${image}\``;
}

function fileLines({ edits }: Plan): readonly string[] {
  const paths = [...new Set(edits.map(({ path }) => path))].toSorted();
  return fenced('text', paths);
}

/** Rendered text may hold anything, also a fence. */
function fenced(language: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const left = lines.length - shownLines;
  const shown = left > 0 ? [...lines.slice(0, shownLines), `… and ${String(left)} more lines: see the plan`] : lines;
  const longest = Math.max(2, ...shown.map((line) => Math.max(0, ...(line.match(/`+/g) ?? []).map((ticks) => ticks.length))));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...shown, fence];
}
