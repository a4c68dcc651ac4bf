import type { CommitSha } from '@fairlead/domain';
import { UsageError } from '../usage-error.ts';
import type { Checkout } from './wire.ts';

/** What the working tree is compared with. */
export interface DiffBase {
  readonly commit: CommitSha | 'nothing';
  /** For people. */
  readonly name: string;
}

/** A revision that was named; else where this branch left the default branch; on the default branch itself its last commit. */
export async function diffBase(checkout: Checkout | 'absent', named: string | undefined): Promise<DiffBase> {
  if (checkout === 'absent')
    throw new UsageError('this folder is under no Git repository, so there is nothing to compare with', 'run it in a checkout');
  if (named !== undefined) return namedBase(checkout, named);
  const { head, branch, defaultBranch } = checkout;
  if (head === 'absent') return { commit: 'nothing', name: 'nothing: there is no commit yet' };
  if (defaultBranch === 'absent') return { commit: head, name: 'HEAD: no default branch was found' };
  if (branch === `refs/heads/${defaultBranch.name}`) return { commit: head, name: 'HEAD' };
  const base = await checkout.mergeBase(defaultBranch.commit, head);
  if (base === 'absent') return { commit: defaultBranch.commit, name: `${defaultBranch.name}, which shares no history with this branch` };
  return { commit: base, name: `${defaultBranch.name} at ${base.slice(0, 12)}, where this branch left it` };
}

async function namedBase(checkout: Checkout, named: string): Promise<DiffBase> {
  const commit = await checkout.resolve(named);
  if (commit === 'absent')
    throw new UsageError(
      `--base: there is no commit ${named}`,
      'give a branch, a tag or a commit of this repository, or a folder that is there',
    );
  return { commit, name: `${named} at ${commit.slice(0, 12)}` };
}
