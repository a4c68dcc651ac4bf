import { withFindings, type CheckReport } from '../policy/check-report.ts';
import { findingOf, type Finding } from '../policy/finding.ts';
import type { Position } from '../document/problem.ts';
import type { PolicyExceptionDocument } from './policy-exception-document.ts';

/** An exception, and where it lies. */
export interface WrittenException {
  readonly document: PolicyExceptionDocument;
  readonly file: string;
  /** The folder that holds its `.fairlead`; it excuses nothing outside. */
  readonly root: string;
  /** Of `expiresAt`. */
  readonly expiry: Position;
}

/** Marks what an exception in force excuses; it stays in the report. What an expired one excused counts again, and the exception itself is named. */
export function exceptFindings(report: CheckReport, exceptions: readonly WrittenException[], now: Date): CheckReport {
  const inForce = exceptions.filter(({ document }) => standing(document, now) === 'in-force');
  const marked = report.findings.map((finding): Finding => {
    const by = inForce.find((exception) => excuses(exception, finding));
    return by === undefined ? finding : { ...finding, excepted: wordsOf(by.document) };
  });
  const expired = exceptions.filter(({ document }) => standing(document, now) === 'expired').map(expiredFinding);
  return withFindings(report, [...marked, ...expired]);
}

function standing({ spec }: PolicyExceptionDocument, now: Date): 'scheduled' | 'in-force' | 'expired' {
  if (now.getTime() < Date.parse(spec.notBefore)) return 'scheduled';
  return now.getTime() < Date.parse(spec.expiresAt) ? 'in-force' : 'expired';
}

function excuses({ document, root }: WrittenException, { rule, file, environment, object }: Finding): boolean {
  const { rules, targets } = document.spec;
  const top = root === '' ? '' : `${root}/`;
  if (!rules.includes(rule) || !file.startsWith(top)) return false;
  return targets.some(
    (target) =>
      (target.environment === undefined || environment?.split('/').at(-1) === target.environment) &&
      (target.file === undefined || file === `${top}${target.file}`) &&
      (target.object === undefined || isObject(target.object, object)),
  );
}

type Target = PolicyExceptionDocument['spec']['targets'][number];

function isObject({ kind, name, namespace }: NonNullable<Target['object']>, object: Finding['object']): boolean {
  return object?.kind === kind && object.name === name && (namespace === undefined || object.namespace === namespace);
}

function wordsOf({ metadata, spec }: PolicyExceptionDocument): string {
  const ticket = spec.ticket === undefined ? '' : ` (${spec.ticket})`;
  return `exception ${metadata.name}, until ${spec.expiresAt}, approved by ${spec.approvedBy.join(', ')}: ${spec.reason}${ticket}`;
}

function expiredFinding({ document, file, expiry }: WrittenException): Finding {
  const { metadata, spec } = document;
  return findingOf({
    rule: 'exception-expired',
    message: `exception ${metadata.name} ended at ${spec.expiresAt}: what it excused counts again`,
    fix: 'repair what it excused and remove the file, or have a new one approved',
    file,
    ...expiry,
    pointer: '/spec/expiresAt',
  });
}
