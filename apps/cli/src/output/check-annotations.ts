import { isSecretRule, stands, type CheckReport, type Finding } from '@fairlead/domain';
import { notCheckedReasons } from './not-checked-reasons.ts';
import { visibleText } from './visible-text.ts';

/** Workflow commands of GitHub Actions, which shows them beside the lines of a pull request. What counts no more is left out, but for secrets. */
export function checkAnnotations({ findings, notChecked, summary }: CheckReport): string {
  const shown = findings.filter((finding) => stands(finding) || (finding.baseline === true && isSecretRule(finding.rule)));
  const lines = shown.map((finding) => {
    const { rule, message, fix, file, line, column } = finding;
    const place = `file=${property(file)},line=${String(line)},col=${String(column)},title=${property(rule)}`;
    return `::${level(finding)} ${place}::${data(`${visibleText(message)}\nfix: ${visibleText(fix)}`)}`;
  });
  const left = notCheckedReasons(notChecked).map(
    ({ rules, because }) => `::notice title=${property(`not checked: ${rules}`)}::${data(visibleText(because))}`,
  );
  return `${[...lines, ...left, `${String(summary.error)} errors in ${String(summary.environments)} environments`].join('\n')}\n`;
}

function level(finding: Finding): string {
  return stands(finding) ? { error: 'error', warning: 'warning', info: 'notice' }[finding.severity] : 'notice';
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visibleText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
