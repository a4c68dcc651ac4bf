import { RepoPath, type Environment } from '@fairlead/domain';

/** The environment's folder from the repository's root: its path is relative to the service root. */
export function environmentPath({ root, environment }: { readonly root: string; readonly environment: Environment }): RepoPath {
  return RepoPath.parse(root === '' ? environment.spec.path : `${root}/${environment.spec.path}`);
}
