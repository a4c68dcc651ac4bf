import type { Problem, ProblemCode } from '../document/problem.ts';
import { findingOf, type Finding } from './finding.ts';
import type { Rule } from './rule.ts';

const unreadable: readonly ProblemCode[] = [
  'not-utf8',
  'too-large',
  'too-deep',
  'not-yaml',
  'yaml-version',
  'unresolved-alias',
  'alias-expansion',
];

/** A document's problem as a finding. `rule` stands in for what is read but doesn't hold. */
export function documentFinding(problem: Problem, rule: Rule = 'document-invalid'): Finding {
  const { code, message, hint, file, line, column, pointer } = problem;
  const cannotBeRead = unreadable.includes(code);
  return findingOf({
    rule: cannotBeRead ? 'document-unparsable' : rule,
    message: cannotBeRead ? `the file can't be read: ${message}` : message,
    fix: hint ?? (cannotBeRead ? 'repair the YAML' : 'repair the field'),
    file,
    line,
    column,
    pointer,
  });
}
