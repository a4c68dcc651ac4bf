import type { RepoPath } from '@fairlead/domain';
import type { FileSnapshot } from '../ports/file-snapshot.ts';

/** Those of the paths that are otherwise in the work tree than in the commit. */
export async function changedPaths(
  paths: readonly RepoPath[],
  { commit, workTree }: { readonly commit: FileSnapshot; readonly workTree: FileSnapshot },
): Promise<readonly RepoPath[]> {
  const changed: RepoPath[] = [];
  for (const path of paths) {
    const [before, now] = [await commit.look(path), await workTree.look(path)];
    const same = before.kind === 'file' && now.kind === 'file' ? before.digest === now.digest : before.kind === now.kind;
    if (!same) changed.push(path);
  }
  return changed;
}
