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

const shownProblems = 100;

/** A hostile file can hold hundreds of thousands of faults; nobody reads them. */
export function capProblems(problems: readonly Problem[]): readonly Problem[] {
  const last = problems[shownProblems - 1];
  if (last === undefined || problems.length === shownProblems) return problems;
  const left = problems.length - shownProblems;
  const more: Problem = { ...placeOf(last), code: 'more-problems', message: `and ${String(left)} more problems in ${last.file}` };
  return [...problems.slice(0, shownProblems), more];
}

function placeOf({ file, line, column, pointer }: Problem): Omit<Problem, 'code' | 'message'> {
  return { file, line, column, pointer };
}
