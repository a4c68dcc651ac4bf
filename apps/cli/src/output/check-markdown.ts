import type { CheckReport } from '@fairlead/domain';

/** A comment holds no more. */
const shown = 50;

/** The report as a comment of a pull request. */
export function checkMarkdown({ findings, notChecked, summary }: CheckReport): string {
  const { error, environments } = summary;
  const verdict = error === 0 ? 'no errors' : `${String(error)} error${error === 1 ? '' : 's'}`;
  const rows = findings
    .slice(0, shown)
    .map(({ rule, file, line, environment, message, fix }) => row([`\`${file}:${String(line)}\``, rule, environment ?? '', message, fix]));
  const more = findings.length > shown ? [`\n… and ${String(findings.length - shown)} more`] : [];
  const table =
    findings.length === 0
      ? []
      : ['', row(['where', 'rule', 'environment', 'what', 'fix']), '| --- | --- | --- | --- | --- |', ...rows, ...more];
  const left =
    notChecked.length === 0 ? [] : ['', 'Not checked:', '', ...notChecked.map(({ rule, because }) => `- ${rule}: ${cell(because)}`)];
  return `${[`**fairlead check**: ${verdict} in ${String(environments)} environment${environments === 1 ? '' : 's'}`, ...table, ...left].join('\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** Nothing in a file may write the comment's markup. */
function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
