import {
  decodeUtf8,
  folderOf,
  helmRenderName,
  InvalidError,
  isHelmRender,
  kustomizationNames,
  pathFrom,
  readHelmRender,
  RepoPath,
  type BaseText,
} from '@fairlead/domain';
import type { FileSnapshot } from '../ports/file-snapshot.ts';

/** The kustomization of a folder, by the name that it has there, or what renders its chart; else the name that a new kustomization gets. */
export async function overlayOf(files: FileSnapshot, folder: RepoPath): Promise<BaseText> {
  for (const name of [...kustomizationNames, helmRenderName]) {
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

/** The values files that an overlay maps images to, where it is a chart's. */
export async function mappedValues(files: FileSnapshot, { path, text }: BaseText): Promise<readonly BaseText[]> {
  const read = text !== undefined && isHelmRender(path) ? readHelmRender(text, path) : undefined;
  const images = read?.kind === 'ok' ? read.value.spec.images : [];
  const paths = images.map(({ file }) => RepoPath.safeParse(pathFrom(folderOf(path), file)));
  const distinct = new Set(paths.flatMap((parsed) => (parsed.success ? [parsed.data] : [])));
  return Promise.all([...distinct].map((file) => textAt(files, file)));
}
