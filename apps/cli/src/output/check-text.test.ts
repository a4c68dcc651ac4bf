import { checkReport, findingOf, type CheckReport, type Finding, type FoundFault } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { memoryTerminal } from '../testing/memory-terminal.ts';
import { checkAnnotations } from './check-annotations.ts';
import { checkMarkdown } from './check-markdown.ts';
import { checkText } from './check-text.ts';

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

const textOf = (report: CheckReport, excerpts: ReadonlyMap<Finding['fingerprint'], string> = new Map()): string =>
  checkText({ report, excerpts }, { terminal: memoryTerminal({ cwd: '/repo/base' }), root: '/repo' });

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
    expect(text).toMatch(/shop\/(?:prod, shop\/test|test, shop\/prod)\n/);
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

    expect(text).toMatch(/^findings by rule\n {2}30 {2}image-not-pinned\n {3}1 {2}S01\n\n\.\.\/z\.yaml:9:11 {2}S01/);
    expect(text.match(/ {2}fix: /g)).toHaveLength(5);
    expect(text).toContain('26 more');
  });

  it('cuts a line that is very long', () => {
    const report = reportOf([{ ...fault, column: 1 }]);
    const excerpts = new Map(report.findings.map(({ fingerprint }) => [fingerprint, 'x'.repeat(5_000)]));

    expect(textOf(report, excerpts).length).toBeLessThan(400);
  });
});

describe('checkAnnotations', () => {
  it('escapes what would end a command or start another', () => {
    const text = checkAnnotations(reportOf([{ ...fault, file: 'a,b:c.yaml', message: '100%\n::error::x' }]));

    expect(text.split('\n')[0]).toBe('::error file=a%2Cb%3Ac.yaml,line=9,col=11,title=image-not-pinned::100%25%0A::error::x%0Afix: pin it');
  });

  it('notes what was not judged', () => {
    expect(checkAnnotations(reportOf([], [{ rule: 'S01', because: 'too large: a.yaml' }]))).toBe(
      '::notice title=not checked%3A S01::too large: a.yaml\n0 errors in 2 environments\n',
    );
  });
});

describe('checkMarkdown', () => {
  it('is a table in which no file can write markup', () => {
    expect(checkMarkdown(reportOf([{ ...fault, message: 'a | <b>\nc' }]))).toBe(`**fairlead check**: 1 error in 2 environments

| where | rule | environment | what | fix |
| --- | --- | --- | --- | --- |
| \`base/web.yaml:9\` | image-not-pinned | shop/prod | a \\| &lt;b> c | pin it |
`);
  });

  it('fits into a comment', () => {
    const many = Array.from({ length: 80 }, (_, line) => ({ ...fault, line: line + 1, pointer: `/${String(line)}` }));

    const text = checkMarkdown(reportOf(many));

    expect(text.match(/^\| `/gm)).toHaveLength(50);
    expect(text).toContain('… and 30 more');
  });
});
