import type { CommitSha } from '@fairlead/domain';
import { UsageError } from '../usage-error.ts';
import type { LocalWorld } from './wire.ts';

/** The commit that `--commit` means; HEAD without one. */
export async function commitNamed({ checkout }: Pick<LocalWorld, 'checkout'>, named: string | undefined): Promise<CommitSha> {
  if (checkout === 'absent') throw new UsageError('this folder is under no Git repository', 'run it in the checkout of the build');
  const commit = named === undefined ? checkout.head : await checkout.resolve(named);
  if (commit !== 'absent') return commit;
  if (named === undefined) throw new UsageError('this repository has no commit yet', 'commit, then make the release');
  throw new UsageError(`--commit: there is no commit ${named}`, 'give a commit of this checkout');
}
