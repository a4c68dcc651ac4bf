import { applyBaseline, baselineOf, checkReport, findingOf, type CheckReport, type FoundFault } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { checkAnnotations } from './check-annotations.ts';
import { checkJunit } from './check-junit.ts';
import { checkMarkdown } from './check-markdown.ts';

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
const secret: FoundFault = { ...fault, rule: 'S01', message: 'Secret db holds p in clear' };

function reportOf(faults: readonly FoundFault[], notChecked: CheckReport['notChecked'] = []): CheckReport {
  return checkReport({ configuration: { source: 'working-tree' }, environments: 2, findings: faults.map(findingOf), notChecked });
}

const baselined = (faults: readonly FoundFault[]): CheckReport => {
  const report = reportOf(faults);
  return applyBaseline(report, baselineOf(report)).report;
};

describe('checkAnnotations', () => {
  it('escapes what would end a command or start another', () => {
    const text = checkAnnotations(reportOf([{ ...fault, file: 'a,b:c\n::error::x.yaml', message: '100%\n::error::x' }]));

    expect(text.split('\n')[0]).toBe(
      '::error file=a%2Cb%3Ac\\u{a}%3A%3Aerror%3A%3Ax.yaml,line=9,col=11,title=image-not-pinned::100%25\\u{a}::error::x%0Afix: pin it',
    );
    expect(text.match(/^::/gm)).toHaveLength(1);
  });

  it('notes what was not judged, and a secret that is in the baseline', () => {
    expect(checkAnnotations(reportOf([], [{ rule: 'S01', because: 'too large: a.yaml' }]))).toBe(
      '::notice title=not checked%3A S01::too large: a.yaml\n0 errors in 2 environments\n',
    );
    expect(checkAnnotations(baselined([fault, secret])).match(/^::.*title=\S+/gm)).toEqual([
      expect.stringMatching(/^::notice .*title=S01::/),
    ]);
  });
});

describe('checkMarkdown', () => {
  it('is a table in which no file can write markup, call anybody or link anywhere', () => {
    const text = checkMarkdown(reportOf([{ ...fault, file: 'a`|`.yaml', message: 'a | <b>\nc @team #12 [x](https://evil.example) `d`' }]));

    const row = text.split('\n').find((line) => line.includes('web') || line.includes('pin it')) ?? '';
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(row).not.toMatch(/<b>|@team|#12|\]\(https:\/\/evil|https:\/\/evil/);
    expect(row).toContain('[image-not-pinned](https://fairlead.dev/rules/image-not-pinned)');
  });

  it('fits into a comment, however long its rows are', () => {
    const many = Array.from({ length: 80 }, (_, line) => ({ ...fault, line: line + 1, pointer: `/${String(line)}` }));
    const long = many.map((one) => ({ ...one, message: 'x'.repeat(5_000) }));

    expect(checkMarkdown(reportOf(many)).match(/^\| `/gm)).toHaveLength(50);
    expect(checkMarkdown(reportOf(many))).toContain('… and 30 more');
    expect(checkMarkdown(reportOf(long)).length).toBeLessThan(65_536);
    expect(checkMarkdown(reportOf(long))).toMatch(/… and 6\d more/);
  });

  it('keeps naming a secret that is in the baseline', () => {
    expect(checkMarkdown(baselined([fault, secret]))).toBe(`**fairlead check**: no errors in 2 environments, 2 in the baseline

In the baseline, still open:

- \`base/web.yaml:9\` S01: Secret db holds p in clear
`);
  });
});

describe('checkJunit', () => {
  it('has a suite for each environment and a failure for each error', () => {
    const { environment: _, ...ofNobody } = fault;
    const text = checkJunit(reportOf([fault, { ...ofNobody, pointer: '/other' }], [{ rule: 'S01', because: 'too large' }]));

    expect(text).toContain('<testsuite name="shop/prod" tests="1" failures="1" errors="0" skipped="0">');
    expect(text).toContain('<testsuite name="files" tests="1" failures="1" errors="0" skipped="0">');
    expect(text).toContain('<testsuite name="not checked" tests="1" failures="0" errors="0" skipped="1">');
    expect(text).toContain(
      '<failure type="image-not-pinned" message="web:1 has the tag 1">base/web.yaml:9:11: web:1 has the tag 1. Fix: pin it</failure>',
    );
  });

  it('is a case that passed where there is nothing, and fails for nothing that is in the baseline', () => {
    expect(checkJunit(reportOf([]))).toContain('tests="1" failures="0"');
    expect(checkJunit(baselined([fault]))).toContain('failures="0" errors="0" skipped="1"');
  });

  it('stays XML whatever a file says', () => {
    const text = checkJunit(reportOf([{ ...fault, message: `</failure>"&'\u0000\uFFFE`, file: '"><x>.yaml' }]));

    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\uFFFE]/u);
    expect(text.match(/<\/failure>/g)).toHaveLength(1);
    expect(text.match(/<x/g)).toBeNull();
    expect(text).toContain('message="&lt;/failure&gt;&quot;&amp;');
  });
});
