export type ProblemCode =
  | 'not-utf8'
  | 'too-large'
  | 'too-deep'
  | 'not-yaml'
  | 'empty-document'
  | 'several-documents'
  | 'yaml-version'
  | 'duplicate-key'
  | 'unreadable-key'
  | 'unresolved-alias'
  | 'alias-expansion'
  | 'not-json'
  | 'wrong-kind'
  | 'wrong-api-version'
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-type'
  | 'wrong-value'
  | 'broken-rule'
  | 'more-problems';

/** Where something starts in a file: 1-based, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with a document. `pointer` is a JSON pointer, `''` for the whole; `hint` says how to put it right. */
export interface Problem extends Position {
  readonly code: ProblemCode;
  readonly message: string;
  readonly file: string;
  readonly pointer: string;
  readonly hint?: string;
}

/** A hostile file can hold hundreds of thousands of faults; nobody reads them, and explaining each would take seconds. */
export const explainedProblems = 100;

export function capProblems(problems: readonly Problem[]): readonly Problem[] {
  const last = problems[explainedProblems - 1];
  if (last === undefined || problems.length === explainedProblems) return problems;
  const more: Problem = { ...placeOf(last), code: 'more-problems', message: `${last.file} has more problems than these` };
  return [...problems.slice(0, explainedProblems), more];
}

function placeOf({ file, line, column, pointer }: Problem): Omit<Problem, 'code' | 'message'> {
  return { file, line, column, pointer };
}
