import type { Problem } from '@fairlead/domain';
import { ContentError } from '../content-error.ts';

/** Everything that is wrong with a document, by line. */
export function documentError(file: string, problems: readonly Problem[]): ContentError {
  const details = problems.map(({ line, column, message, hint }) => {
    const place = `${file}:${String(line)}:${String(column)}`;
    return hint === undefined ? `${place}: ${message}` : `${place}: ${message}\n    fix: ${hint}`;
  });
  return new ContentError('document-invalid', `${file} is no valid document`, details);
}
