import { jsonPointer, type JsonPath, type ManifestDocument, type ManifestLeaf, type ObjectRef, type Position } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from '../checking.ts';
import { kustomizationChain } from '../kustomization-chain.ts';

export interface ObjectPlace extends Position {
  readonly file: string;
  readonly pointer: string;
}

interface Sought {
  readonly object: ObjectRef;
  readonly path: JsonPath;
}

/** Where a field of a rendered object is decided: in a kustomization that sets it for all, else in the file of the object, at the nearest that is written there. */
export async function locateObject(checking: Checking, environment: RenderedEnvironment, sought: Sought): Promise<ObjectPlace> {
  const decided = await decidedBy(checking, environment, sought);
  if (decided !== undefined) return decided;
  const file = (await checking.origins(environment)).fileOf(sought.object);
  const pointer = jsonPointer(sought.path);
  const manifest = await checking.texts.manifest(file);
  const document = manifest?.kind === 'read' ? documentOf(manifest.documents, sought.object) : undefined;
  if (document === undefined) return { file, line: 1, column: 1, pointer };
  const leaf = nearest(document.leaves, sought.path) ?? document.leaves[0];
  return { file, ...(leaf?.key ?? { line: 1, column: 1 }), pointer };
}

/** `namespace:` and `replicas:` of a kustomization are said last. */
async function decidedBy(checking: Checking, environment: RenderedEnvironment, { object, path }: Sought): Promise<ObjectPlace | undefined> {
  const pointer = jsonPointer(path);
  if (pointer !== '/metadata/namespace' && pointer !== '/spec/replicas') return undefined;
  for (const file of await kustomizationChain(checking, environment)) {
    const leaf = (await checking.texts.leaves(file)).find((candidate) => decides(candidate, pointer, object));
    if (leaf !== undefined) return { file, ...leaf.key, pointer: jsonPointer(leaf.path) };
  }
  return undefined;
}

function decides({ path, value }: ManifestLeaf, pointer: string, { name, namespace }: ObjectRef): boolean {
  if (pointer === '/metadata/namespace') return path.length === 1 && path[0] === 'namespace' && value === namespace;
  return path.length === 3 && path[0] === 'replicas' && path[2] === 'name' && typeof value === 'string' && name.endsWith(value);
}

/** Prefixes and suffixes are added on the way. */
function documentOf(documents: readonly ManifestDocument[], { kind, name }: ObjectRef): ManifestDocument | undefined {
  const ofKind = documents.filter((document) => textOf(document, '/kind') === kind);
  const own = (document: ManifestDocument): string => textOf(document, '/metadata/name') ?? '';
  return (
    ofKind.find((document) => own(document) === name) ?? ofKind.find((document) => own(document) !== '' && name.includes(own(document)))
  );
}

function textOf({ leaves }: ManifestDocument, pointer: string): string | undefined {
  const value = leaves.find(({ path }) => jsonPointer(path) === pointer)?.value;
  return typeof value === 'string' ? value : undefined;
}

function nearest(leaves: readonly ManifestLeaf[], path: JsonPath): ManifestLeaf | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const found = leaves.find((leaf) => path.slice(0, length).every((step, index) => leaf.path[index] === step));
    if (found !== undefined) return found;
  }
  return undefined;
}
