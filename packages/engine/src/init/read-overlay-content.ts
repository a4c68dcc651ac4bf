import {
  folderOf,
  hintFor,
  isKustomization,
  renderFault,
  type DeliveryHint,
  type ImageEntryNames,
  type OverlayContent,
  type RepoPath,
} from '@fairlead/domain';
import type { TextFiles } from '../check/text-files.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { PathTree } from '../ports/file-snapshot.ts';

interface Reading {
  readonly files: PathTree;
  readonly texts: TextFiles;
  /** Of all files. */
  readonly paths: readonly string[];
  readonly hints: readonly DeliveryHint[];
}

/** What an overlay renders to, or why it doesn't, and what else the repository says of it. */
export async function readOverlayContent(
  { renderer }: Pick<EnginePorts, 'renderer'>,
  { files, texts, paths, hints }: Reading,
  path: RepoPath,
): Promise<OverlayContent> {
  const outcome = await renderer.render(path, files);
  const kustomization = paths.find((candidate) => isKustomization(candidate) && folderOf(candidate) === path);
  const hint = hintFor(path, hints);
  return {
    objects: outcome.kind === 'rendered' ? outcome.objects : [],
    entries: kustomization === undefined ? [] : await entriesOf(texts, kustomization),
    ...(hint === undefined ? {} : { target: { controller: hint.controller, namespace: hint.namespace, name: hint.name } }),
    ...(outcome.kind === 'rendered' ? {} : { notRendered: renderFault(outcome).message }),
  };
}

async function entriesOf(texts: TextFiles, kustomization: string): Promise<readonly ImageEntryNames[]> {
  const byIndex = new Map<string, { name?: string; newName?: string }>();
  for (const { path, value } of await texts.leaves(kustomization)) {
    const [list, index, field] = path;
    if (list !== 'images' || typeof value !== 'string' || (field !== 'name' && field !== 'newName')) continue;
    byIndex.set(String(index), { ...byIndex.get(String(index)), [field]: value });
  }
  return [...byIndex.values()];
}
