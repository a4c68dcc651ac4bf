import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { apiVersion } from '../document/document-identity.ts';
import { Finding, stands } from './finding.ts';
import { Rule } from './rule.ts';

/** What a rule could not judge, and why. */
export const NotChecked = z.object({ rule: Rule, because: z.string() }).readonly();
export type NotChecked = z.infer<typeof NotChecked>;

/** Whose `.fairlead/` was believed. */
const Configuration = z.discriminatedUnion('source', [
  z.object({ source: z.literal('working-tree') }).readonly(),
  z.object({ source: z.literal('commit'), commit: CommitSha }).readonly(),
]);

const count = z.int().min(0);

/** Everything that `check` found, in the order of files and lines. `summary` counts what stands by severity; `excepted` and `baseline` count what doesn't,
 *  `environments` what was rendered or tried. */
export const CheckReport = z
  .object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('CheckReport'),
    configuration: Configuration,
    summary: z
      .object({
        error: count,
        warning: count,
        info: count,
        environments: count,
        notChecked: count,
        excepted: count.exactOptional(),
        baseline: count.exactOptional(),
      })
      .readonly(),
    notChecked: z.array(NotChecked).readonly(),
    findings: z.array(Finding).readonly(),
  })
  .readonly();
export type CheckReport = z.infer<typeof CheckReport>;

export interface CheckedThings {
  readonly configuration: CheckReport['configuration'];
  readonly environments: number;
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
}

export function checkReport({ configuration, environments, findings, notChecked }: CheckedThings): CheckReport {
  const distinct = [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()].toSorted(byPlace);
  const reasons = [...new Map(notChecked.map((left) => [`${left.rule} ${left.because}`, left])).values()];
  return {
    apiVersion,
    kind: 'CheckReport',
    configuration,
    summary: { ...countsOf(distinct), environments, notChecked: reasons.length },
    notChecked: reasons,
    findings: distinct,
  };
}

/** The same report with other findings, or with the same ones marked. */
export function withFindings(report: CheckReport, findings: readonly Finding[]): CheckReport {
  const { environments } = report.summary;
  return { ...report, summary: { ...countsOf(findings), environments, notChecked: report.notChecked.length }, findings };
}

function countsOf(findings: readonly Finding[]): Omit<CheckReport['summary'], 'environments' | 'notChecked'> {
  const standing = findings.filter(stands);
  const severe = (severity: Finding['severity']): number => standing.filter((finding) => finding.severity === severity).length;
  const excepted = findings.filter((finding) => finding.excepted !== undefined).length;
  const baseline = findings.length - standing.length - excepted;
  return {
    error: severe('error'),
    warning: severe('warning'),
    info: severe('info'),
    ...(excepted === 0 ? {} : { excepted }),
    ...(baseline === 0 ? {} : { baseline }),
  };
}

function byPlace(one: Finding, other: Finding): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column || (one.fingerprint < other.fingerprint ? -1 : 1);
}
