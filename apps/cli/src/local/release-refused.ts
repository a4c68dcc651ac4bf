import { ContentError } from '../content-error.ts';

/** Everything that keeps a release from being made, each with its fix. */
export function releaseRefused(message: string, problems: readonly { readonly message: string; readonly fix: string }[]): ContentError {
  const details = problems.map((problem) => `${problem.message}\n    fix: ${problem.fix}`);
  return new ContentError('release-invalid', message, details);
}
