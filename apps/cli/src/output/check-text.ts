import { join, relative } from 'node:path';
import type { CheckReport, Digest, Finding, NotChecked } from '@fairlead/domain';
import pc from 'picocolors';
import type { Terminal } from '../terminal.ts';

export interface CheckShown {
  readonly report: CheckReport;
  readonly excerpts: ReadonlyMap<Digest, string>;
}

/** Above this a list of everything helps nobody. */
const listed = 20;
const worst = 5;

/** The findings for people: each with its line and what to do; of very many the counts and the first. */
export function checkText(
  { report, excerpts }: CheckShown,
  { terminal, root }: { readonly terminal: Terminal; readonly root: string },
): string {
  const colours = pc.createColors(terminal.colour);
  const groups = grouped(report.findings);
  const many = groups.length > listed;
  const block = (group: Group): string =>
    findingText(group, {
      colours,
      excerpt: excerpts.get(group.first.fingerprint),
      shown: (file) => relative(terminal.cwd, join(root, file)),
    });
  const parts = [
    ...(many ? [byRule(report.findings, colours)] : []),
    ...(many ? gravest(groups) : groups).map(block),
    ...(many
      ? [`${String(groups.length - worst)} more: all of them with fairlead check -o json, or fewer at a time with fairlead check PATH`]
      : []),
    ...(report.notChecked.length > 0 ? [notCheckedText(report.notChecked)] : []),
    summaryText(report, colours),
  ];
  return `${parts.join('\n\n')}\n`;
}

const gravity: readonly Finding['rule'][] = ['S01', 'document-unparsable', 'document-invalid', 'remote-base', 'render-failed'];

/** The worst of the list; what hides other findings, and what can't be taken back, comes before the rest. */
function gravest(groups: readonly Group[]): readonly Group[] {
  const rank = ({ first }: Group): number => (gravity.includes(first.rule) ? gravity.indexOf(first.rule) : gravity.length);
  return groups.toSorted((one, other) => rank(one) - rank(other)).slice(0, worst);
}

/** One place that several environments suffer from. */
interface Group {
  readonly first: Finding;
  readonly environments: readonly string[];
}

function grouped(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const { rule, file, line, pointer, fix, environment } = finding;
    const key = [rule, file, String(line), pointer, fix].join('\n');
    const group = groups.get(key) ?? { first: finding, environments: [] };
    groups.set(key, { ...group, environments: environment === undefined ? group.environments : [...group.environments, environment] });
  }
  return [...groups.values()];
}

type Colours = ReturnType<typeof pc.createColors>;

interface Shown {
  readonly colours: Colours;
  readonly excerpt: string | undefined;
  readonly shown: (file: string) => string;
}

function findingText({ first, environments }: Group, { colours, excerpt, shown }: Shown): string {
  const { rule, severity, message, fix, file, line, column } = first;
  const paint = severity === 'error' ? colours.red : colours.yellow;
  const whose = environments.length === 0 ? '' : `  ${colours.dim(environments.join(', '))}`;
  const frame = excerpt === undefined ? [] : frameText(excerpt, { line, column }, colours);
  return [
    `${colours.bold(`${shown(file)}:${String(line)}:${String(column)}`)}  ${paint(rule)}${whose}`,
    `  ${message}`,
    ...frame,
    `  ${colours.green('fix')}: ${fix}`,
  ].join('\n');
}

const frameWidth = 120;

function frameText(
  excerpt: string,
  { line, column }: { readonly line: number; readonly column: number },
  { dim }: Colours,
): readonly string[] {
  const number = String(line);
  const text = excerpt.length > frameWidth ? `${excerpt.slice(0, frameWidth)}…` : excerpt;
  const caret = column <= text.length ? [`  ${dim(`${' '.repeat(number.length)} │ ${' '.repeat(column - 1)}^`)}`] : [];
  return [`  ${dim(`${number} │`)} ${text}`, ...caret];
}

function byRule(findings: readonly Finding[], { bold }: Colours): string {
  const rules = new Map<string, number>();
  for (const { rule } of findings) rules.set(rule, (rules.get(rule) ?? 0) + 1);
  const most = [...rules].toSorted(([, one], [, other]) => other - one);
  const width = Math.max(...most.map(([, count]) => String(count).length));
  return [bold('findings by rule'), ...most.map(([rule, count]) => `  ${String(count).padStart(width)}  ${rule}`)].join('\n');
}

/** Rules that share their reason share a line. */
function notCheckedText(left: readonly NotChecked[]): string {
  const rules = new Map<string, string[]>();
  for (const { rule, because } of left) rules.set(because, [...(rules.get(because) ?? []), rule]);
  return ['not checked', ...[...rules].map(([because, names]) => `  ${names.join(', ')}\n    ${because}`)].join('\n');
}

function summaryText({ summary }: CheckReport, { red, green }: Colours): string {
  const { error, warning, environments } = summary;
  const verdict = error > 0 ? red(plural(error, 'error')) : green('no errors');
  return [plural(environments, 'environment'), verdict, ...(warning > 0 ? [plural(warning, 'warning')] : [])].join(', ');
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
