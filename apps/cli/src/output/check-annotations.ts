import type { CheckReport } from '@fairlead/domain';

/** Workflow commands of GitHub Actions, which shows them beside the lines of a pull request. */
export function checkAnnotations({ findings, notChecked, summary }: CheckReport): string {
  const lines = findings.map(({ severity, rule, message, fix, file, line, column }) => {
    const level = { error: 'error', warning: 'warning', info: 'notice' }[severity];
    const place = `file=${property(file)},line=${String(line)},col=${String(column)},title=${property(rule)}`;
    return `::${level} ${place}::${data(`${message}\nfix: ${fix}`)}`;
  });
  const left = notChecked.map(({ rule, because }) => `::notice title=${property(`not checked: ${rule}`)}::${data(because)}`);
  return `${[...lines, ...left, `${String(summary.error)} errors in ${String(summary.environments)} environments`].join('\n')}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
