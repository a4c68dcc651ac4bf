import { decodeUtf8, imagesNamed, type CommitSha, type InputChange } from '@fairlead/domain';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';
import type { PathChange } from '../ports/path-history.ts';

export interface PastFiles {
  snapshot(commit: CommitSha): Promise<TreeSnapshot>;
}

/** What each change did to an environment: to its images, and to the reference to its release. */
export async function inputChanges(past: PastFiles, changes: readonly PathChange[], reference: string): Promise<readonly InputChange[]> {
  const found: InputChange[] = [];
  for (const change of changes) {
    const { commit, subject, files } = change;
    found.push({ commit, subject, changesImages: await changesImages(past, change), changesReference: files.includes(reference) });
  }
  return found;
}

async function changesImages(past: PastFiles, { commit, before, files }: PathChange): Promise<boolean> {
  const manifests = files.filter((file) => /(\.ya?ml|\.json|\/Kustomization)$/.test(file));
  if (manifests.length === 0) return false;
  const [was, is] = [before === undefined ? undefined : await past.snapshot(before), await past.snapshot(commit)];
  for (const file of manifests) {
    const [old, now] = [was === undefined ? [] : await imagesAt(was, file), await imagesAt(is, file)];
    if (old.join('\n') !== now.join('\n')) return true;
  }
  return false;
}

async function imagesAt(files: TreeSnapshot, path: string): Promise<readonly string[]> {
  const answer = await files.look(path);
  const text = answer.kind === 'file' ? decodeUtf8(answer.bytes) : undefined;
  return text === undefined ? [] : imagesNamed(text);
}
