import type { Failure, Report } from './report.ts';

const marks = { passed: 'ok     ', failed: 'FAILED ', incomplete: 'MISSING', skipped: 'skipped' } as const;

/** For people. Names and values of the bundle are shown without control characters: it may be hostile. */
export function printReport(report: Report): string {
  const width = Math.max(...report.steps.map(({ step }) => step.length));
  return [
    ...subjectLines(report),
    ...report.steps.map(({ step, status, checked }) => `${marks[status]} ${step.padEnd(width)}  ${plain(checked)}`.trimEnd()),
    ...report.failures.slice(0, 20).map((failure) => `failed: ${findingLine(failure)}`),
    ...(report.failures.length > 20 ? [`… and ${String(report.failures.length - 20)} more`] : []),
    ...report.incomplete.slice(0, 20).map((gap) => `missing: ${findingLine(gap)}`),
    report.verdict,
    '',
  ].join('\n');
}

function subjectLines({ subject, log }: Report): readonly string[] {
  if (subject === undefined) return [];
  const { readiness, status, requestedBy, approvedBy } = subject;
  const how =
    readiness === undefined
      ? subject.audience === 'tenant'
        ? 'as the end says'
        : 'no verdict'
      : `${readiness.verdict} as of ${readiness.asOf}${readiness.recomputed ? '' : ', as signed'}`;
  return [
    `promotion   ${subject.promotion}, ended as ${status ?? 'unknown'}`,
    `environment ${subject.environment}`,
    `release     ${subject.release}`,
    `readiness   ${how}`,
    ...(requestedBy === undefined ? [] : [`requested   ${requestedBy}`]),
    ...(approvedBy === undefined ? [] : [`approved    ${approvedBy.join(', ')}`]),
    ...(log === undefined ? [] : [`log         ${log.origin}, ${log.size} records`]),
    '',
  ].map(plain);
}

function findingLine({ code, file, reason }: Failure): string {
  return plain(`${code}${file === undefined ? '' : ` in ${file}`}: ${reason}`);
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '\ufffd');
}
