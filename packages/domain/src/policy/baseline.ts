import { z } from 'zod';
import { apiVersion, type DocumentType } from '../document/document-identity.ts';
import { Digest } from '../evidence/digest.ts';
import { withFindings, type CheckReport } from './check-report.ts';
import type { Finding } from './finding.ts';

const BaselineEntry = z
  .object({
    // A rule that a later version renamed may stand in an old file: then its entry is one that is gone.
    rule: z.string(),
    file: z.string(),
    fingerprint: Digest,
  })
  .readonly();
export type BaselineEntry = z.infer<typeof BaselineEntry>;

/** What was wrong before anybody looked: known, still open, and not in the way of the next change. */
export const CheckBaseline = z
  .object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('CheckBaseline'),
    findings: z.array(BaselineEntry).readonly(),
  })
  .readonly();
export type CheckBaseline = z.infer<typeof CheckBaseline>;

export const checkBaselineType: DocumentType<CheckBaseline> = { kind: 'CheckBaseline', schema: CheckBaseline };

/** All that a report has, in its order. What is excused is left out: it has an end of its own. */
export function baselineOf({ findings }: CheckReport): CheckBaseline {
  const open = findings.filter(({ excepted }) => excepted === undefined);
  return { apiVersion, kind: 'CheckBaseline', findings: open.map(({ rule, file, fingerprint }) => ({ rule, file, fingerprint })) };
}

export interface Baselined {
  readonly report: CheckReport;
  /** Entries that nothing was found for: repaired, or moved. */
  readonly gone: readonly BaselineEntry[];
}

/** Marks what the baseline knows. Nothing is taken out. */
export function applyBaseline(report: CheckReport, { findings }: CheckBaseline): Baselined {
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  const found = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  const mark = (finding: Finding): Finding =>
    finding.excepted === undefined && known.has(finding.fingerprint) ? { ...finding, baseline: true } : finding;
  return {
    report: withFindings(report, report.findings.map(mark)),
    gone: findings.filter(({ fingerprint }) => !found.has(fingerprint)),
  };
}
