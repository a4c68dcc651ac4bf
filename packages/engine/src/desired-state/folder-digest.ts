import { digestOfBytes, pathArtifactDigest, RepoPath, type Digest } from '@fairlead/domain';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';

/** The digest that a folder would have as a release's artifact. `absent`: it has no files. */
export async function folderDigest(tree: TreeSnapshot, folder: RepoPath): Promise<Digest | 'absent'> {
  const listed = await tree.files(folder);
  if (listed === 'absent' || listed.length === 0) return 'absent';
  const files = await Promise.all(
    listed.map(async ({ path, mode }) => {
      const answer = await tree.look(path);
      const content = digestOfBytes(answer.kind === 'file' ? answer.bytes : new Uint8Array());
      return { mode, path: RepoPath.parse(path.slice(folder.length + 1)), content };
    }),
  );
  return pathArtifactDigest(files);
}
