import { join, relative } from 'node:path';
import { isSecretRule, stands, type CheckReport, type Digest, type Finding, type NotChecked } from '@fairlead/domain';
import pc from 'picocolors';
import type { Terminal } from '../terminal.ts';
import { groupFindings, gravest, type FindingGroup } from './finding-groups.ts';
import { findingText, severityPaint, type Colours } from './finding-text.ts';
import { notCheckedReasons } from './not-checked-reasons.ts';
import { visibleText } from './visible-text.ts';

export interface CheckShown {
  readonly report: CheckReport;
  readonly excerpts: ReadonlyMap<Digest, string>;
}

export interface CheckView {
  readonly terminal: Terminal;
  readonly root: string;
  /** Commands that help with what was found, each with what it does. */
  readonly next?: readonly (readonly [command: string, does: string])[];
}

/** Above this a list of everything helps nobody. */
const listed = 20;
const worst = 5;

/** The findings for people: each with its line and what to do; of very many the counts and the worst. */
export function checkText({ report, excerpts }: CheckShown, { terminal, root, next = [] }: CheckView): string {
  const colours = pc.createColors(terminal.colour);
  const shown = (file: string): string => relative(terminal.cwd, join(root, file));
  const open = report.findings.filter(stands);
  const groups = groupFindings(open);
  const many = groups.length > listed;
  const block = (group: FindingGroup): string => findingText(group, { colours, excerpt: excerpts.get(group.first.fingerprint), shown });
  const parts = [
    ...(many ? [byRule(open, colours), colours.bold(`the ${String(worst)} worst`)] : []),
    ...(many ? gravest(groups, worst) : groups).map(block),
    ...(many
      ? [`${String(groups.length - worst)} more: see them all with fairlead check -o json, or fewer at a time with fairlead check PATH`]
      : []),
    ...laidAside(report.findings, shown),
    ...(report.notChecked.length > 0 ? [notCheckedText(report.notChecked)] : []),
    ...(next.length > 0 ? [nextText(next, colours)] : []),
    summaryText(report, colours),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What counts no more is only counted, but a secret stays named for as long as it is there. */
function laidAside(findings: readonly Finding[], shown: (file: string) => string): readonly string[] {
  const line = ({ rule, file, line: number, message }: Finding): string =>
    `  ${visibleText(shown(file))}:${String(number)}  ${rule}  ${visibleText(message)}`;
  const secrets = groupFindings(findings.filter(({ rule, baseline }) => baseline === true && isSecretRule(rule))).map(({ first }) => first);
  const excepted = findings.filter((finding) => finding.excepted !== undefined);
  return [
    ...(secrets.length === 0
      ? []
      : [['in the baseline, still open: a secret in Git is known to whoever reads it', ...secrets.map(line)].join('\n')]),
    ...(excepted.length === 0
      ? []
      : [['excepted', ...excepted.map((finding) => `${line(finding)}\n    ${visibleText(finding.excepted ?? '')}`)].join('\n')]),
  ];
}

function byRule(findings: readonly Finding[], colours: Colours): string {
  const rules = new Map<Finding['rule'], { readonly count: number; readonly severity: Finding['severity'] }>();
  for (const { rule, severity } of findings) rules.set(rule, { count: (rules.get(rule)?.count ?? 0) + 1, severity });
  const most = [...rules].toSorted(([, one], [, other]) => other.count - one.count);
  const width = Math.max(...most.map(([, { count }]) => String(count).length));
  const lines = most.map(
    ([rule, { count, severity }]) => `  ${String(count).padStart(width)}  ${severityPaint({ severity }, colours)(rule)}`,
  );
  return [colours.bold('findings by rule'), ...lines].join('\n');
}

function notCheckedText(left: readonly NotChecked[]): string {
  return ['not checked', ...notCheckedReasons(left).map(({ rules, because }) => `  ${rules}\n    ${visibleText(because)}`)].join('\n');
}

function nextText(next: readonly (readonly [command: string, does: string])[], { bold }: Colours): string {
  const width = Math.max(...next.map(([command]) => command.length));
  return [bold('next'), ...next.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`)].join('\n');
}

function summaryText({ summary }: CheckReport, { red, green }: Colours): string {
  const { error, warning, info, environments, excepted = 0, baseline = 0 } = summary;
  const verdict = error > 0 ? red(plural(error, 'error')) : green('no errors');
  return [
    plural(environments, 'environment'),
    verdict,
    ...(warning > 0 ? [plural(warning, 'warning')] : []),
    ...(info > 0 ? [plural(info, 'note')] : []),
    ...(excepted > 0 ? [`${String(excepted)} excepted`] : []),
    ...(baseline > 0 ? [`${String(baseline)} in the baseline`] : []),
  ].join(', ');
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
