import { InvalidError } from '../errors.ts';
import type { RepoPath } from '../document/repo-path.ts';
import type { Splice } from './apply-splices.ts';
import type { Edit } from './edit.ts';

/** All that a plan does to one file. */
export type FileChange = { readonly kind: 'splices'; readonly splices: readonly Splice[] } | Exclude<Edit, { readonly kind: 'splice' }>;

/** The edits by file. Throws `InvalidError` `edits-clash` where a file is changed in two ways. */
export function fileChanges(edits: readonly Edit[]): ReadonlyMap<RepoPath, FileChange> {
  const changes = new Map<RepoPath, FileChange>();
  for (const edit of edits) {
    const before = changes.get(edit.path);
    if (before === undefined) changes.set(edit.path, edit.kind === 'splice' ? { kind: 'splices', splices: [edit] } : edit);
    else if (before.kind === 'splices' && edit.kind === 'splice') changes.set(edit.path, { ...before, splices: [...before.splices, edit] });
    else throw new InvalidError('edits-clash', `the edits change ${edit.path} in two ways`);
  }
  return changes;
}
