import { CommitSha, NotFoundError } from '@fairlead/domain';
import type { Repository } from '../engine-ports.ts';

/** Whether commits are of the protected branch: how one repository is told from another, whatever its address. `undefined` where there are none. */
export async function isOnBranch(
  { git, branch }: Pick<Repository, 'git' | 'branch'>,
  revisions: readonly string[],
): Promise<boolean | undefined> {
  const commits = revisions.flatMap((revision) => CommitSha.safeParse(revision).data ?? []);
  if (commits.length === 0) return undefined;
  await git.fetch();
  const head = await git.head(branch);
  if (head === 'absent') return undefined;
  for (const commit of commits) {
    const ancestry = await ancestryOf(git, commit, head);
    if (ancestry !== 'same' && ancestry !== 'ancestor') return false;
  }
  return true;
}

async function ancestryOf(git: Repository['git'], commit: CommitSha, head: CommitSha): Promise<string> {
  try {
    return await git.ancestry(commit, head);
  } catch (error) {
    if (error instanceof NotFoundError) return 'unknown';
    throw error;
  }
}
