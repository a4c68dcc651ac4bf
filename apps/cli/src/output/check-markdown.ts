import { isSecretRule, stands, type CheckReport, type Finding } from '@fairlead/domain';
import { fitMarkdown } from './fit-markdown.ts';
import { groupFindings, type FindingGroup } from './finding-groups.ts';
import { notCheckedReasons } from './not-checked-reasons.ts';
import { codeSpan, plainMarkdown } from './plain-markdown.ts';
import { rulePage } from './rule-page.ts';

/** The report as a comment of a pull request, which no forge has to cut. */
export function checkMarkdown({ findings, notChecked, summary }: CheckReport): string {
  const groups = groupFindings(findings.filter(stands));
  const known = groupFindings(findings.filter(({ rule, baseline }) => baseline === true && isSecretRule(rule)));
  const left = notCheckedReasons(notChecked).map(({ rules, because }) => `- ${rules}: ${plainMarkdown(because)}`);
  return fitMarkdown(
    [`**fairlead check**: ${verdict(summary)}`],
    [
      {
        before: ['', row(['where', 'rule', 'environment', 'what', 'fix']), '| --- | --- | --- | --- | --- |'],
        lines: groups.map(groupRow),
      },
      { before: ['', 'In the baseline, still open:', ''], lines: known.map(({ first }) => knownLine(first)) },
      { before: ['', 'Not checked:', ''], lines: left },
    ],
  );
}

function verdict({ error, warning, environments, excepted = 0, baseline = 0 }: CheckReport['summary']): string {
  const errors = error === 0 ? 'no errors' : plural(error, 'error');
  const warnings = warning === 0 ? '' : `, ${plural(warning, 'warning')}`;
  const aside = [
    ...(excepted > 0 ? [`${String(excepted)} excepted`] : []),
    ...(baseline > 0 ? [`${String(baseline)} in the baseline`] : []),
  ];
  return [`${errors}${warnings} in ${plural(environments, 'environment')}`, ...aside].join(', ');
}

function groupRow({ first, environments }: FindingGroup): string {
  const { rule, file, line, message, fix } = first;
  const page = `[${rule}](${rulePage(rule)})`;
  return row([codeSpan(`${file}:${String(line)}`), page, ...[environments.join(', '), message, fix].map(plainMarkdown)]);
}

function knownLine({ rule, file, line, message }: Finding): string {
  return `- ${codeSpan(`${file}:${String(line)}`)} ${rule}: ${plainMarkdown(message)}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
