import { ObjectSha, type CommitSha, UpstreamError } from '@fairlead/domain';
import type { MergedTree } from '@fairlead/engine';
import type { Mirror } from './mirror.ts';

/** The merge's tree by git itself, without a work tree. */
export async function mergeTree(mirror: Mirror, base: CommitSha, head: CommitSha): Promise<MergedTree> {
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', base, head];
  const answer = await mirror.compute(args, [0, 1]);
  const [tree, ...paths] = answer.stdout.toString('utf8').split('\0');
  if (answer.code === 1) return { kind: 'conflict', paths: [...new Set(paths.filter((path) => path !== ''))] };
  const parsed = ObjectSha.safeParse(tree);
  if (parsed.success) return { kind: 'merged', tree: parsed.data };
  throw new UpstreamError('git-failed', 'git merge-tree named no tree', {
    provider: 'git',
    retryable: false,
    hint: 'install git 2.38 or newer',
  });
}
