import { FindingSeverity, withFindings, type CheckReport } from '@fairlead/domain';
import type { CheckOptions } from './check-options.ts';

/** The report as if nothing else had been asked. */
export function narrowReport(report: CheckReport, { rules, severity }: Pick<CheckOptions, 'rules' | 'severity'>): CheckReport {
  const wanted = ({ rule }: { readonly rule: CheckReport['findings'][number]['rule'] }): boolean =>
    rules.length === 0 || rules.includes(rule);
  // From the gravest on.
  const grave = FindingSeverity.options.slice(0, FindingSeverity.options.indexOf(severity) + 1);
  const findings = report.findings.filter((finding) => wanted(finding) && grave.includes(finding.severity));
  return withFindings({ ...report, notChecked: report.notChecked.filter(wanted) }, findings);
}
