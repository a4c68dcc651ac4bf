import { isSecretRule, Rule, rules, type CheckReport, type Finding, type NotChecked } from '@fairlead/domain';
import { version } from '../version.ts';
import { fileUri } from './file-uri.ts';
import { rulePage } from './rule-page.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Readonly<Record<Finding['severity'], string>>;

/** SARIF 2.1.0, as code scanning services read it. No line of any file is quoted, so no secret can be. */
export function checkSarif(report: CheckReport): string {
  const used = Rule.options.filter((rule) => [...report.findings, ...report.notChecked].some((one) => one.rule === rule));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'fairlead',
            informationUri: 'https://fairlead.dev',
            semanticVersion: version,
            rules: used.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.notChecked.map(notification) }],
        results: report.findings.map((finding) => ({ ...result(finding), ruleIndex: used.indexOf(finding.rule) })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** `security-severity` is what GitHub ranks and gates alerts by. */
function descriptor(rule: Rule): object {
  const { demands, severity } = rules[rule];
  return {
    id: rule,
    shortDescription: { text: sentence(demands) },
    helpUri: rulePage(rule),
    help: { text: `${sentence(demands)} See ${rulePage(rule)}` },
    defaultConfiguration: { level: levels[severity] },
    ...(isSecretRule(rule) ? { properties: { tags: ['security', 'secret'], 'security-severity': '8.0' } } : {}),
  };
}

function result(finding: Finding): object {
  const { rule, severity, environment, message, fix, file, line, column, fingerprint, excepted } = finding;
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: `${message}. Fix: ${fix}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: fileUri(file) }, region: { startLine: line, startColumn: column } } }],
    partialFingerprints: { 'fairlead/v1': fingerprint },
    ...(excepted === undefined ? {} : { suppressions: [{ kind: 'external', justification: excepted }] }),
    ...(environment === undefined ? {} : { properties: { environment } }),
  };
}

function notification({ rule, because }: NotChecked): object {
  return { level: 'note', message: { text: `not checked: ${because}` }, associatedRule: { id: rule } };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
