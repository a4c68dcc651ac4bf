import type { RepoPath } from '@fairlead/domain';
import type { FileSnapshot } from '../ports/file-snapshot.ts';

/** Files by which Argo CD changes a source's options as it renders: an environment that has one is deployed as no render of ours shows it. */
export async function sourceOverrides(files: FileSnapshot, path: RepoPath): Promise<readonly string[]> {
  const folder = await files.look(path);
  if (folder.kind !== 'directory') return [];
  return folder.entries.filter((name) => /^\.argocd-source(?:-.*)?\.ya?ml$/.test(name)).map((name) => `${path}/${name}`);
}
