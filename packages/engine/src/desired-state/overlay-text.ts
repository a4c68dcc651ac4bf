import { decodeUtf8, InvalidError, RepoPath, type BaseText } from '@fairlead/domain';
import type { FileSnapshot } from '../ports/file-snapshot.ts';

const overlayNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** The kustomization of a folder, by the name that it has there, or the name that a new one gets. */
export async function overlayOf(files: FileSnapshot, folder: RepoPath): Promise<BaseText> {
  for (const name of overlayNames) {
    const found = await textAt(files, RepoPath.parse(`${folder}/${name}`));
    if (found.text !== undefined) return found;
  }
  return { path: RepoPath.parse(`${folder}/kustomization.yaml`) };
}

export async function textAt(files: FileSnapshot, path: RepoPath): Promise<BaseText> {
  const answer = await files.look(path);
  if (answer.kind !== 'file') return { path };
  const text = decodeUtf8(answer.bytes);
  if (text !== undefined) return { path, text };
  throw new InvalidError('file-not-text', `${path} is not UTF-8, so it can't be edited`, {
    hint: 'save it as UTF-8 on the protected branch',
  });
}
