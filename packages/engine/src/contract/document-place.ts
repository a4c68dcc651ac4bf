import { jsonPointer, type ContractFault, type Environment, type ManifestDocument, type Position, type Profile } from '@fairlead/domain';
import type { TextFiles } from '../check/text-files.ts';
import type { PathTree } from '../ports/file-snapshot.ts';

export interface DocumentPlace extends Position {
  readonly file: string;
  readonly pointer: string;
  /** Of the value, where the field has one. */
  readonly at?: Position;
}

export interface DocumentsToSearch {
  readonly files: PathTree;
  readonly texts: TextFiles;
  readonly root: string;
  readonly environment: Environment;
  readonly profile: Profile;
}

/** Where a field of a service root's document stands: the nearest that is written above it where it isn't. */
export async function documentPlace(
  { files, texts, root, environment, profile }: DocumentsToSearch,
  { document, pointer }: Pick<ContractFault, 'document' | 'pointer'>,
): Promise<DocumentPlace> {
  const top = root === '' ? '.fairlead' : `${root}/.fairlead`;
  switch (document) {
    case 'service':
      return placeIn(texts, `${top}/service.yaml`, pointer);
    case 'environment':
      return placeIn(texts, await fileOf({ files, texts }, `${top}/environments`, environment.metadata.name), pointer);
    case 'profile':
      return placeIn(texts, await fileOf({ files, texts }, `${top}/profiles`, profile.metadata.name), pointer);
  }
}

async function fileOf({ files, texts }: Pick<DocumentsToSearch, 'files' | 'texts'>, folder: string, name: string): Promise<string> {
  const listed = await files.files(folder);
  for (const { path } of listed === 'absent' ? [] : listed) {
    const leaves = await texts.leaves(path);
    if (leaves.some((leaf) => jsonPointer(leaf.path) === '/metadata/name' && leaf.value === name)) return path;
  }
  return `${folder}/${name}.yaml`;
}

async function placeIn(texts: TextFiles, file: string, pointer: string): Promise<DocumentPlace> {
  const manifest = await texts.manifest(file);
  const leaves = manifest?.kind === 'read' ? manifest.documents.flatMap((document: ManifestDocument) => document.leaves) : [];
  for (let above = pointer; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) {
    const leaf = leaves.find(({ path }) => isAt(jsonPointer(path), above));
    if (leaf !== undefined) return { file, ...leaf.key, pointer, ...(jsonPointer(leaf.path) === pointer ? { at: leaf.at } : {}) };
  }
  return { file, line: 1, column: 1, pointer };
}

function isAt(pointer: string, above: string): boolean {
  return pointer === above || pointer.startsWith(`${above}/`);
}
