import { systemClock } from '@fairlead/adapters/clock';
import { folderFiles } from '@fairlead/adapters/git';
import { exceptFindings, withFindings, type CheckReport } from '@fairlead/domain';
import { writtenExceptions, type PathTree } from '@fairlead/engine';
import type { Past } from '../../check/past-meant.ts';
import type { LocalWorld } from '../wire.ts';

/** The report with what exceptions excuse at this moment. A branch can't excuse itself: of a range those of its base count. */
export async function excusedReport(
  report: CheckReport,
  { checkout, root }: Pick<LocalWorld, 'checkout' | 'root'>,
  past: Past | undefined,
): Promise<CheckReport> {
  const { exceptions, findings } = await writtenExceptions(await treeOf({ checkout, root }, past));
  if (exceptions.length === 0 && findings.length === 0) return report;
  return exceptFindings(withFindings(report, [...report.findings, ...findings]), exceptions, systemClock().now());
}

async function treeOf({ checkout, root }: Pick<LocalWorld, 'checkout' | 'root'>, past: Past | undefined): Promise<PathTree> {
  if (checkout === 'absent') return folderFiles(root);
  if (past === undefined) return checkout.files();
  return checkout.snapshot(past.kind === 'range' ? past.base : past.commit);
}
