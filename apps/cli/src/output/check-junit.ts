import { stands, type CheckReport, type Finding } from '@fairlead/domain';
import { visibleText } from './visible-text.ts';

/** JUnit XML, as CI systems show it: a suite for each environment, a case for each finding; what passed is one case, what could not be judged a skipped one. */
export function checkJunit({ findings, notChecked, summary }: CheckReport): string {
  const suites = new Map<string, Finding[]>();
  for (const finding of findings) {
    const name = finding.environment ?? 'files';
    const suite = suites.get(name) ?? [];
    suites.set(name, suite);
    suite.push(finding);
  }
  if (suites.size === 0) suites.set(`${String(summary.environments)} environments`, []);
  const skipped = notChecked.map(({ rule, because }) =>
    testCase({ name: rule, classname: 'not checked' }, `<skipped message="${xml(because)}"/>`),
  );
  const parts = [
    ...[...suites].map(([name, all]) =>
      suiteText(name, all.length === 0 ? [testCase({ name: 'check', classname: name })] : all.map(caseOf)),
    ),
    ...(skipped.length === 0 ? [] : [suiteText('not checked', skipped)]),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="fairlead check">\n${parts.join('\n')}\n</testsuites>\n`;
}

function suiteText(name: string, cases: readonly string[]): string {
  const count = (what: string): string => String(cases.filter((one) => one.includes(`<${what} `)).length);
  const counts = `tests="${String(cases.length)}" failures="${count('failure')}" errors="0" skipped="${count('skipped')}"`;
  return `  <testsuite name="${xml(name)}" ${counts}>\n${cases.join('\n')}\n  </testsuite>`;
}

/** Only errors fail: the others are said beside a case that passed. */
function caseOf(finding: Finding): string {
  const { rule, severity, message, fix, file, line, column, excepted } = finding;
  const where = `${file}:${String(line)}:${String(column)}`;
  const at = { name: `${rule} ${where}`, classname: rule, file, line };
  const said = `${where}: ${message}. Fix: ${fix}`;
  if (!stands(finding)) return testCase(at, `<skipped message="${xml(`${excepted ?? 'in the baseline, still open'}: ${message}`)}"/>`);
  if (severity !== 'error') return testCase(at, `<system-out>${xml(`${severity}: ${said}`)}</system-out>`);
  return testCase(at, `<failure type="${rule}" message="${xml(message)}">${xml(said)}</failure>`);
}

interface CaseName {
  readonly name: string;
  readonly classname: string;
  readonly file?: string;
  readonly line?: number;
}

function testCase({ name, classname, file, line }: CaseName, inside = ''): string {
  const place = file === undefined ? '' : ` file="${xml(file)}" line="${String(line ?? 1)}"`;
  return `    <testcase name="${xml(name)}" classname="${xml(classname)}"${place}>${inside}</testcase>`;
}

function xml(text: string): string {
  return visibleText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\uFFFE\uFFFF]/g, ' ');
}
