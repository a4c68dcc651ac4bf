import { RepoPath } from '../document/repo-path.ts';
import type { Environment } from '../environment/environment.ts';
import type { Digest } from '../evidence/digest.ts';
import { releaseFileName } from '../release/release-file.ts';
import type { Service } from '../service/service.ts';

/** Where a promotion's files are, from the repository's root. */
export interface PlannedPaths {
  readonly environment: RepoPath;
  readonly reference: RepoPath;
  readonly values: RepoPath;
  readonly pinned: RepoPath;
  readonly manifest: RepoPath;
}

/** `root`: the service root, `''` where it is the repository's. */
export function plannedPaths(
  root: RepoPath | '',
  { service, environment, release }: { readonly service: Service; readonly environment: Environment; readonly release: Digest },
): PlannedPaths {
  const from = (path: string): RepoPath => RepoPath.parse(root === '' ? path : `${root}/${path}`);
  const { path } = environment.spec;
  return {
    environment: from(path),
    reference: from(`${path}/release-manifest.ref`),
    values: from(`${path}/values/release.yaml`),
    pinned: from(`${path}/release`),
    manifest: from(releaseFileName(service.metadata.name, release)),
  };
}
