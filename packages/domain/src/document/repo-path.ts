import { z } from 'zod';

/** A clean path inside a repository: relative, `/`-separated, no empty, `.` or `..` segment, so it can't escape its root. */
export const RepoPath = z
  .string()
  .refine(isClean, { error: (issue) => `path ${JSON.stringify(issue.input)} must be relative, '/'-separated and stay inside its root` })
  .brand<'RepoPath'>();
export type RepoPath = z.infer<typeof RepoPath>;

function isClean(path: string): boolean {
  if (path === '' || /[\\\0]/.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
