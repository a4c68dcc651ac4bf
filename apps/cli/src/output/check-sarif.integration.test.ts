import { readFileSync } from 'node:fs';
import { checkReport, findingOf, type CheckReport, type FoundFault } from '@fairlead/domain';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkSarif } from './check-sarif.ts';

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

const reportOf = (faults: readonly FoundFault[], notChecked: CheckReport['notChecked'] = []): CheckReport =>
  checkReport({ configuration: { source: 'working-tree' }, environments: 2, findings: faults.map(findingOf), notChecked });

/** The schema is of draft 4, of which it uses nothing that later drafts read otherwise: without its name it is one of theirs. */
function sarifValidator(): (log: unknown) => readonly string[] {
  const text = readFileSync(new URL('fixtures/sarif-2.1.0.schema.json', import.meta.url), 'utf8');
  const { $schema: _, id: __, ...schema } = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (log) => (validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`));
}

describe('checkSarif', () => {
  const problemsOf = sarifValidator();

  it('is what the published schema of SARIF 2.1.0 asks for', () => {
    const excepted = { ...findingOf({ ...fault, line: 30, pointer: '/other' }), excepted: 'until tomorrow' };
    const report = reportOf(
      [fault, { ...fault, rule: 'S01', file: 'a b/ü%20\u0000?#.yaml' }],
      [{ rule: 'release-unknown', because: 'no reference' }],
    );

    expect(problemsOf(JSON.parse(checkSarif({ ...report, findings: [...report.findings, excepted] })))).toEqual([]);
    expect(problemsOf(JSON.parse(checkSarif(reportOf([]))))).toEqual([]);
  });

  it('is judged by a schema that can say no', () => {
    expect(problemsOf({ version: '2.1.0', runs: [{ results: [] }] })).not.toEqual([]);
  });

  it('names rule, place and fingerprint of each finding, and leads to the page of its rule', () => {
    const report = reportOf([fault]);

    const log: unknown = JSON.parse(checkSarif(report));

    expect(log).toMatchObject({
      runs: [
        {
          tool: { driver: { rules: [{ id: 'image-not-pinned', helpUri: 'https://fairlead.dev/rules/image-not-pinned' }] } },
          results: [
            {
              ruleId: 'image-not-pinned',
              ruleIndex: 0,
              level: 'error',
              message: { text: 'web:1 has the tag 1. Fix: pin it' },
              locations: [{ physicalLocation: { artifactLocation: { uri: 'base/web.yaml' }, region: { startLine: 9, startColumn: 11 } } }],
              partialFingerprints: { 'fairlead/v1': report.findings[0]?.fingerprint },
            },
          ],
        },
      ],
    });
  });

  it('keeps an excepted finding as a suppressed one', () => {
    const [finding] = reportOf([fault]).findings;
    const report = { ...reportOf([]), findings: finding === undefined ? [] : [{ ...finding, excepted: 'x-1 until tomorrow' }] };

    expect(JSON.parse(checkSarif(report))).toMatchObject({
      runs: [{ results: [{ suppressions: [{ kind: 'external', justification: 'x-1 until tomorrow' }] }] }],
    });
  });
});
