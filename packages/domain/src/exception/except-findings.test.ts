import { describe, expect, it } from 'vitest';
import { checkReport, type CheckReport } from '../policy/check-report.ts';
import { findingOf, type FoundFault } from '../policy/finding.ts';
import { exceptFindings, type WrittenException } from './except-findings.ts';
import { readPolicyException } from './policy-exception-document.ts';

const text = `apiVersion: fairlead.dev/v1
kind: PolicyException
metadata: { name: nats-by-tag }
spec:
  rules: [image-not-pinned]
  targets: [{ environment: prod, object: { kind: StatefulSet, name: queue } }]
  reason: the mirror has no digest yet
  ticket: OPS-12
  requestedBy: ada
  approvedBy: [bob]
  notBefore: 2026-11-01T00:00:00Z
  expiresAt: 2026-11-30T00:00:00Z
`;

function exception(change: (text: string) => string = (same) => same): WrittenException {
  const read = readPolicyException(change(text), 'x.yaml');
  if (read.kind === 'invalid') throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return { document: read.value, file: 'shop/.fairlead/exceptions/x.yaml', root: 'shop', expiry: { line: 12, column: 3 } };
}

const fault: FoundFault = {
  rule: 'image-not-pinned',
  environment: 'shop/prod',
  message: 'nats:2 has the tag 2 and no digest',
  fix: 'pin it',
  file: 'shop/prod/queue.yaml',
  line: 3,
  column: 1,
  pointer: '',
  object: { group: 'apps', version: 'v1', kind: 'StatefulSet', namespace: 'shop', name: 'queue' },
};

function reportOf(...faults: readonly FoundFault[]): CheckReport {
  return checkReport({ configuration: { source: 'working-tree' }, environments: 1, findings: faults.map(findingOf), notChecked: [] });
}

const during = new Date('2026-11-10T00:00:00Z');

describe('exceptFindings', () => {
  it('keeps what is excused, says by what, and counts it no more', () => {
    const { findings, summary } = exceptFindings(reportOf(fault), [exception()], during);

    expect(summary).toMatchObject({ error: 0, excepted: 1 });
    expect(findings[0]?.excepted).toBe(
      'exception nats-by-tag, until 2026-11-30T00:00:00Z, approved by bob: the mirror has no digest yet (OPS-12)',
    );
  });

  it.each<readonly [string, Partial<FoundFault>]>([
    ['another rule', { rule: 'image-not-in-release' }],
    ['another environment', { environment: 'shop/staging' }],
    ['another object', { object: { group: 'apps', version: 'v1', kind: 'StatefulSet', namespace: 'shop', name: 'cache' } }],
    ['another service root', { file: 'shop2/prod/queue.yaml' }],
  ])('does not excuse %s', (_what, other) => {
    expect(exceptFindings(reportOf({ ...fault, ...other }), [exception()], during).summary).toMatchObject({ error: 1 });
  });

  it('does not excuse a finding that names no object, where the exception does', () => {
    const { object: _, ...nameless } = fault;

    expect(exceptFindings(reportOf(nameless), [exception()], during).summary.error).toBe(1);
  });

  it('narrows to a file of the service root', () => {
    const byFile = exception((same) => same.replace('object: { kind: StatefulSet, name: queue }', 'file: prod/queue.yaml'));

    expect(exceptFindings(reportOf(fault), [byFile], during).summary.error).toBe(0);
    expect(exceptFindings(reportOf({ ...fault, file: 'shop/prod/other.yaml' }), [byFile], during).summary.error).toBe(1);
  });

  it('counts again what an expired one excused, and names the exception', () => {
    const { findings, summary } = exceptFindings(reportOf(fault), [exception()], new Date('2026-11-30T00:00:00Z'));

    expect(summary).toMatchObject({ error: 1, warning: 1 });
    expect(findings.find(({ rule }) => rule === 'exception-expired')).toMatchObject({ line: 12, pointer: '/spec/expiresAt' });
  });

  it('excuses nothing before it begins', () => {
    expect(exceptFindings(reportOf(fault), [exception()], new Date('2026-10-31T23:59:59Z')).summary).toMatchObject({
      error: 1,
      warning: 0,
    });
  });
});

describe('the document', () => {
  const problemsIn = (change: (text: string) => string): readonly string[] => {
    const read = readPolicyException(change(text), 'x.yaml');
    return read.kind === 'ok' ? [] : read.problems.map(({ message }) => message);
  };

  it.each([
    ['approvedBy: [bob]', 'approvedBy: [bob, ada]', 'spec.approvedBy[1]: "ada" asked for it, so somebody else has to approve it'],
    ['expiresAt: 2026-11-30', 'expiresAt: 2026-10-30', 'spec.expiresAt is not after notBefore'],
    [
      '{ environment: prod, object: { kind: StatefulSet, name: queue } }',
      '{}',
      'spec.targets[0]: give an environment, a file or an object: nothing is excused everywhere',
    ],
  ])('with %j as %j is refused', (from, to, problem) => {
    expect(problemsIn((same) => same.replace(from, to)).join('\n')).toContain(problem.slice(problem.indexOf(' ') + 1));
  });

  it('has to name rules that there are', () => {
    expect(problemsIn((same) => same.replace('image-not-pinned', 'image-not-pined'))).toHaveLength(1);
  });
});
