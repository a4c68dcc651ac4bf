import { InvalidError } from '@fairlead/domain';

/** `refs/heads/<branch>`, for a name that `git check-ref-format` would take. */
export function branchRef(branch: string): string {
  if (isBranchName(branch)) return `refs/heads/${branch}`;
  throw new InvalidError('branch-invalid', `${JSON.stringify(branch)} is not a branch name`, {
    hint: 'use letters, digits, ".", "_", "-" and "/" as in git check-ref-format',
  });
}

function isBranchName(branch: string): boolean {
  if (branch === '' || branch === 'HEAD' || branch.startsWith('-') || branch.endsWith('.')) return false;
  // eslint-disable-next-line no-control-regex -- git refuses control characters too
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/.test(branch)) return false;
  return branch.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}
