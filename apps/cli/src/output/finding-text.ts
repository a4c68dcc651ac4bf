import type { Finding } from '@fairlead/domain';
import type { createColors } from 'picocolors';
import type { FindingGroup } from './finding-groups.ts';
import { visibleText } from './visible-text.ts';

export type Colours = ReturnType<typeof createColors>;

export interface FindingView {
  readonly colours: Colours;
  /** The line that it stands at, where that may be shown. */
  readonly excerpt: string | undefined;
  /** The file as seen from where the person is. */
  readonly shown: (file: string) => string;
}

/** A finding for people: where, what, the line with its column, and what to do. */
export function findingText({ first, environments }: FindingGroup, { colours, excerpt, shown }: FindingView): string {
  const { rule, message, fix, file, line, column } = first;
  const whose = environments.length === 0 ? '' : `  ${colours.dim(visibleText(shortened(environments)))}`;
  const frame = excerpt === undefined ? [] : frameText(excerpt, { line, column }, colours);
  return [
    `${colours.bold(`${visibleText(shown(file))}:${String(line)}:${String(column)}`)}  ${severityPaint(first, colours)(rule)}${whose}`,
    `  ${visibleText(message)}`,
    ...frame,
    `  ${colours.green('fix')}: ${visibleText(fix)}`,
  ].join('\n');
}

export function severityPaint({ severity }: Pick<Finding, 'severity'>, { red, yellow, cyan }: Colours): (text: string) => string {
  return { error: red, warning: yellow, info: cyan }[severity];
}

const named = 6;

function shortened(names: readonly string[]): string {
  const more = names.length - named;
  return more > 1 ? `${names.slice(0, named).join(', ')} and ${String(more)} more` : names.join(', ');
}

const frameWidth = 120;
const lead = 30;

/** Of a line that is very long the part around the column. */
function frameText(
  excerpt: string,
  { line, column }: { readonly line: number; readonly column: number },
  { dim }: Colours,
): readonly string[] {
  const start = column > frameWidth ? column - 1 - lead : 0;
  const [before, after] = [excerpt.slice(start, column - 1), excerpt.slice(column - 1, start + frameWidth)];
  const number = String(line);
  const [left, right] = [start > 0 ? '…' : '', excerpt.length > start + frameWidth ? '…' : ''];
  const pad = `${left}${visibleText(before)}`.replace(/[^\t]/g, ' ');
  const caret = after === '' ? [] : [`  ${dim(`${' '.repeat(number.length)} │ ${pad}^`)}`];
  return [`  ${dim(`${number} │`)} ${left}${visibleText(before + after)}${right}`, ...caret];
}
