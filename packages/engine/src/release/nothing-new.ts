import { documentText, readReleaseManifest, type ReleaseManifest } from '@fairlead/domain';
import { loadService } from '../service/load-service.ts';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';
import type { DraftSource } from './draft-source.ts';

/** Only environments' own files changed since the last release: a promotion's commit, or a change of configuration, which is promoted and not released. */
export interface NothingNew {
  readonly kind: 'nothing-new';
  readonly last: ReleaseManifest;
  readonly changed: readonly string[];
}

/** Compares with the last release that the service root keeps. Where none is, or its commit isn't here, nothing can be told. */
export async function nothingNew(manifest: ReleaseManifest, source: DraftSource): Promise<NothingNew | undefined> {
  const { committed, root, at } = source;
  const last = await lastRelease(committed, below(root, `releases/${manifest.metadata.service}`));
  if (at === undefined || last === undefined || last.source.commit === manifest.source.commit) return undefined;
  const before = await at(last.source.commit);
  const paths = await environmentPaths(committed, root);
  if (before === 'absent' || paths.length === 0) return undefined;
  const changed = changedPaths(await contentOf(before), await contentOf(committed));
  const inside = (path: string): boolean => paths.some((folder) => path.startsWith(`${folder}/`));
  return changed.length > 0 && changed.every(inside) ? { kind: 'nothing-new', last, changed } : undefined;
}

/** By the time of its commit. */
async function lastRelease(files: TreeSnapshot, folder: string): Promise<ReleaseManifest | undefined> {
  const listed = await files.files(folder);
  const found: ReleaseManifest[] = [];
  for (const { path } of listed === 'absent' ? [] : listed) {
    const answer = await files.look(path);
    const text = answer.kind === 'file' ? documentText(answer.bytes, path) : undefined;
    const read = text?.kind === 'text' ? readReleaseManifest(text.text, path, 'tolerant') : undefined;
    if (read?.kind === 'ok') found.push(read.value);
  }
  const seconds = ({ metadata }: ReleaseManifest): number => new Date(metadata.createdAt).getTime();
  return found.toSorted((one, other) => seconds(other) - seconds(one))[0];
}

/** What a promotion writes, and what environments are declared by. */
async function environmentPaths(files: TreeSnapshot, root: string): Promise<readonly string[]> {
  const service = await loadService(files, root);
  if (service.kind === 'invalid') return [];
  return [...service.environments.map(({ spec }) => spec.path), 'releases', '.fairlead'].map((path) => below(root, path));
}

async function contentOf(files: TreeSnapshot): Promise<ReadonlyMap<string, string>> {
  const listed = await files.files('');
  return new Map(listed === 'absent' ? [] : listed.map(({ path, mode, blob }) => [path, `${mode} ${blob}`]));
}

function changedPaths(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).toSorted();
}

function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
