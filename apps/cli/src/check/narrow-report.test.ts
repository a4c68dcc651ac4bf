import { checkReport, findingOf, type FoundFault } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { checkOptions } from './check-options.ts';
import { narrowReport } from './narrow-report.ts';

const fault: FoundFault = { rule: 'S01', message: 'm', fix: 'f', file: 'b.yaml', line: 2, column: 1, pointer: '/data/p' };
const report = checkReport({
  configuration: { source: 'working-tree' },
  environments: 1,
  findings: [fault, { ...fault, rule: 'image-not-pinned', severity: 'warning' } as const].map(findingOf),
  notChecked: [{ rule: 'release-unknown', because: 'no reference' }],
});

describe('narrowReport', () => {
  it('leaves a report as it is where nothing was asked', () => {
    expect(narrowReport(report, checkOptions({}))).toEqual(report);
  });

  it('keeps the rules that were named, counts included', () => {
    const { summary, findings, notChecked } = narrowReport(report, checkOptions({ rule: ['S01,image-ambiguous'] }));

    expect(findings.map(({ rule }) => rule)).toEqual(['S01']);
    expect([summary, notChecked]).toEqual([{ error: 1, warning: 0, info: 0, environments: 1, notChecked: 0 }, []]);
  });

  it('keeps a severity and what is graver', () => {
    expect(narrowReport(report, checkOptions({ severity: 'error' })).findings).toHaveLength(1);
    expect(narrowReport(report, checkOptions({ severity: 'warning' })).findings).toHaveLength(2);
  });
});

describe('checkOptions', () => {
  it.each([
    [{ rule: ['S0'] }, 'did you mean S01?'],
    [{ severity: 'grave' }, 'see --help'],
    [{ rule: ['S01'], writeBaseline: true }, 'leave out --rule and --severity'],
  ])('refuses %j', (options, hint) => {
    expect(() => checkOptions(options)).toThrow(expect.objectContaining({ hint }));
  });
});
