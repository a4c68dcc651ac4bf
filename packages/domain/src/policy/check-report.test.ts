import { describe, expect, it } from 'vitest';
import { CheckReport, checkReport } from './check-report.ts';
import { findingOf, type FoundFault } from './finding.ts';

const fault: FoundFault = { rule: 'S01', message: 'm', fix: 'f', file: 'b.yaml', line: 2, column: 1, pointer: '/data/p' };
const things = { configuration: { source: 'working-tree' as const }, environments: 1, findings: [], notChecked: [] };

describe('checkReport', () => {
  it('orders findings by file and line, counts them and has each once', () => {
    const findings = [fault, { ...fault, file: 'a.yaml', line: 9 }, { ...fault, pointer: '/data/q', line: 1 }, fault].map(findingOf);

    const report = checkReport({ ...things, findings });

    expect(report.findings.map(({ file, line }) => `${file}:${String(line)}`)).toEqual(['a.yaml:9', 'b.yaml:1', 'b.yaml:2']);
    expect(report.summary).toEqual({ error: 3, warning: 0, info: 0, environments: 1, notChecked: 0 });
    expect(CheckReport.parse(report)).toEqual(report);
  });

  it('says once what was not judged and why', () => {
    const left = { rule: 'image-not-in-release' as const, because: 'no release reference' };

    expect(checkReport({ ...things, notChecked: [left, left] })).toMatchObject({ notChecked: [left], summary: { notChecked: 1 } });
  });
});

describe('a fingerprint', () => {
  it('stays when lines move and differs by what is found where', () => {
    const moved = { ...fault, line: 40, column: 7 };
    const others = [
      { ...fault, file: 'c.yaml' },
      { ...fault, pointer: '/data/q' },
      { ...fault, environment: 'dev' },
      { ...fault, rule: 'render-failed' as const },
    ];

    expect(findingOf(moved).fingerprint).toBe(findingOf(fault).fingerprint);
    expect(new Set([fault, ...others].map((found) => findingOf(found).fingerprint)).size).toBe(5);
  });

  it('is had by a finding that quotes half of a character', () => {
    const finding = findingOf({ ...fault, message: 'web:\uD800', pointer: '/\uDC00' });

    expect([finding.message, finding.pointer]).toEqual(['web:\uFFFD', '/\uFFFD']);
  });
});
