import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isKustomization, RepoPath } from '@fairlead/domain';
import { UsageError } from '../../usage-error.ts';
import type { OwnRepository } from './own-repository.ts';

/** The overlay's folder from the top of the repository, '' where it is the top itself. It is named from the folder of `--repo`; its kustomization stands for it. */
export function overlayPath({ folder, top }: Pick<OwnRepository, 'folder' | 'top'>, argument: string): RepoPath | '' {
  const named = isKustomization(argument) ? resolve(folder, argument, '..') : resolve(folder, argument);
  const path = relative(top, named).split(sep).join('/');
  if (path === '') return '';
  const inside = RepoPath.safeParse(path);
  if (inside.success && !isAbsolute(path)) return inside.data;
  throw new UsageError(`--env: ${argument} lies outside of ${top}`, 'give a folder of the repository, as named from the folder of --repo');
}
