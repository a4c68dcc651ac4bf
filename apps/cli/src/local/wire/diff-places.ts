import { folderFiles } from '@fairlead/adapters/git';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import type { CommitSha } from '@fairlead/domain';
import {
  compareEnvironments,
  diffEnvironments,
  type ComparedEnvironments,
  type EnvironmentDiff,
  type FoundEnvironment,
} from '@fairlead/engine';
import { UsageError } from '../../usage-error.ts';
import type { LocalWorld } from '../wire.ts';

export type { ComparedEnvironments };

/** What changes from one commit to another; the files as they are have no part in it. */
export async function diffCommits(
  { checkout, path }: Pick<LocalWorld, 'checkout' | 'path'>,
  { base, tip }: { readonly base: CommitSha; readonly tip: CommitSha },
): Promise<readonly EnvironmentDiff[]> {
  if (checkout === 'absent') throw new UsageError('this folder is under no Git repository', 'run it in a checkout');
  await using renderer = wasmRenderer();
  const [before, after] = [await checkout.snapshot(base), await checkout.snapshot(tip)];
  return await diffEnvironments({ renderer }, { before, after, path });
}

/** How two environments differ, as the files are now. */
export async function diffTwo(
  { checkout, root }: Pick<LocalWorld, 'checkout' | 'root'>,
  one: FoundEnvironment,
  other: FoundEnvironment,
): Promise<ComparedEnvironments> {
  await using renderer = wasmRenderer();
  const files = checkout === 'absent' ? folderFiles(root) : checkout.files();
  return await compareEnvironments({ renderer }, { files, one, other });
}
