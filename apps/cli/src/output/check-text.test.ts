import { applyBaseline, baselineOf, checkReport, findingOf, type CheckReport, type Finding, type FoundFault } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { memoryTerminal } from '../testing/memory-terminal.ts';
import { checkText, type CheckView } from './check-text.ts';

const fault: FoundFault = {
  rule: 'image-not-pinned',
  environment: 'shop/prod',
  message: 'web:1 has the tag 1',
  fix: 'pin it',
  file: 'base/web.yaml',
  line: 9,
  column: 11,
  pointer: '/image',
};

function reportOf(faults: readonly FoundFault[], notChecked: CheckReport['notChecked'] = []): CheckReport {
  return checkReport({ configuration: { source: 'working-tree' }, environments: 2, findings: faults.map(findingOf), notChecked });
}

const textOf = (
  report: CheckReport,
  excerpts: ReadonlyMap<Finding['fingerprint'], string> = new Map(),
  next: CheckView['next'] = [],
): string => checkText({ report, excerpts }, { terminal: memoryTerminal({ cwd: '/repo/base' }), root: '/repo', next });

describe('checkText', () => {
  it('shows place, line and fix, with the file as seen from here', () => {
    const report = reportOf([fault]);
    const excerpts = new Map(report.findings.map(({ fingerprint }) => [fingerprint, '          image: web:1']));

    expect(textOf(report, excerpts)).toBe(`web.yaml:9:11  image-not-pinned  shop/prod
  web:1 has the tag 1
  9 │           image: web:1
    │           ^
  fix: pin it

2 environments, 1 error
`);
  });

  it('shows one place once for all environments that suffer from it', () => {
    const text = textOf(reportOf([fault, { ...fault, environment: 'shop/test', message: 'web:1 has the tag 1 in test' }]));

    expect(text.match(/image-not-pinned/g)).toHaveLength(1);
    expect(text).toContain('  shop/prod, shop/test\n');
  });

  it('says what was not judged, rules with one reason together', () => {
    const report = reportOf(
      [],
      [
        { rule: 'release-unknown', because: 'no reference' },
        { rule: 'image-not-in-release', because: 'no reference' },
      ],
    );

    expect(textOf(report)).toBe('not checked\n  release-unknown, image-not-in-release\n    no reference\n\n2 environments, no errors\n');
  });

  it('shows the worst five of very many', () => {
    const many = Array.from({ length: 30 }, (_, line): FoundFault => ({ ...fault, line: line + 1, pointer: `/${String(line)}` }));

    const text = textOf(reportOf([...many, { ...fault, rule: 'S01', file: 'z.yaml', message: 'Secret db holds p in clear' }]));

    expect(text).toMatch(/^findings by rule\n {2}30 {2}image-not-pinned\n {3}1 {2}S01\n\nthe 5 worst\n\n\.\.\/z\.yaml:9:11 {2}S01/);
    expect(text.match(/ {2}fix: /g)).toHaveLength(5);
    expect(text).toContain('26 more');
  });

  it('names the commands that help', () => {
    const next = [['fairlead check --fix', 'pin one image']] as const;

    expect(textOf(reportOf([fault]), new Map(), next)).toContain('next\n  fairlead check --fix  pin one image\n\n2 environments, 1 error');
  });

  it('counts what is in the baseline, and goes on naming a secret', () => {
    const report = reportOf([fault, { ...fault, rule: 'S01', message: 'Secret db holds p in clear' }]);

    const text = textOf(applyBaseline(report, baselineOf(report)).report);

    expect(text).toBe(`in the baseline, still open: a secret in Git is known to whoever reads it
  web.yaml:9  S01  Secret db holds p in clear

2 environments, no errors, 2 in the baseline
`);
  });

  it('spells out what a hostile name or line would do to a terminal', () => {
    const report = reportOf([{ ...fault, file: 'base/\u001B[2Ja\u202Eb.yaml', message: 'bell \u0007', environment: 'x\ny' }]);
    const excerpts = new Map(report.findings.map(({ fingerprint }) => [fingerprint, '\timage: \u001B]0;title\u0007web:1']));

    const text = textOf(report, excerpts);

    expect(text).not.toMatch(/(?![\t\n])[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('\\u{1b}[2Ja\\u{202e}b.yaml:9:11');
    expect(text).toContain('  x\\u{a}y\n');
  });

  it('shows of a long line the part around the column', () => {
    const report = reportOf([{ ...fault, column: 4_001 }]);
    const excerpts = new Map(report.findings.map(({ fingerprint }) => [fingerprint, `${'x'.repeat(4_000)}image: web:1`]));

    expect(textOf(report, excerpts)).toContain(`9 │ …${'x'.repeat(30)}image: web:1\n    │ ${' '.repeat(31)}^\n`);
  });

  it('cuts a line that is very long', () => {
    const report = reportOf([{ ...fault, column: 1 }]);
    const excerpts = new Map(report.findings.map(({ fingerprint }) => [fingerprint, 'x'.repeat(5_000)]));

    expect(textOf(report, excerpts).length).toBeLessThan(400);
  });
});
