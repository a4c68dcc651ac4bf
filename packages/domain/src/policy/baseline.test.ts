import { describe, expect, it } from 'vitest';
import { applyBaseline, baselineOf, CheckBaseline } from './baseline.ts';
import { checkReport, CheckReport } from './check-report.ts';
import { findingOf, stands, type FoundFault } from './finding.ts';

const fault: FoundFault = { rule: 'S01', message: 'm', fix: 'f', file: 'b.yaml', line: 2, column: 1, pointer: '/data/p' };
const other: FoundFault = { ...fault, rule: 'image-not-pinned', pointer: '/image' };

function reportOf(faults: readonly FoundFault[]): CheckReport {
  return checkReport({ configuration: { source: 'working-tree' }, environments: 1, findings: faults.map(findingOf), notChecked: [] });
}

describe('a baseline', () => {
  it('marks what it knows, takes nothing out and lets only the new count', () => {
    const baseline = baselineOf(reportOf([fault]));

    const { report, gone } = applyBaseline(reportOf([fault, other]), baseline);

    expect(CheckReport.parse(report)).toEqual(report);
    expect(report.findings.map((finding) => [finding.rule, stands(finding)])).toEqual(
      expect.arrayContaining([
        ['S01', false],
        ['image-not-pinned', true],
      ]),
    );
    expect([report.summary.error, report.summary.baseline, gone]).toEqual([1, 1, []]);
  });

  it('knows a finding again whose line moved, and names the entries of what is gone', () => {
    const baseline = CheckBaseline.parse(JSON.parse(JSON.stringify(baselineOf(reportOf([fault, other])))));

    const { report, gone } = applyBaseline(reportOf([{ ...fault, line: 70 }]), baseline);

    expect(report.summary).toMatchObject({ error: 0, baseline: 1 });
    expect(gone.map(({ rule }) => rule)).toEqual(['image-not-pinned']);
  });

  it('leaves to an exception what an exception excuses', () => {
    const [finding] = reportOf([fault]).findings;
    const report = { ...reportOf([]), findings: finding === undefined ? [] : [{ ...finding, excepted: 'x-1' }] };

    expect(baselineOf(report).findings).toEqual([]);
    expect(applyBaseline(report, baselineOf(reportOf([fault]))).report.summary).toMatchObject({ error: 0, excepted: 1 });
  });
});
