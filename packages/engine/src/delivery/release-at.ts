import {
  CommitSha,
  documentText,
  NotFoundError,
  readReleaseManifestRef,
  releaseOfRevision,
  type ObservedRevision,
  type ReferenceAtRevision,
  type ReleaseOfRevision,
} from '@fairlead/domain';
import type { EnginePorts, Repository } from '../engine-ports.ts';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';

interface Asked {
  readonly service: string;
  /** The environment's folder, from the repository's root. */
  readonly path: string;
  /** In the controller's own words. */
  readonly revision: string;
  readonly repository: Pick<Repository, 'git'>;
}

/** Which release the environment says it runs at a revision that a controller synced, or why that can't be said. */
export async function releaseAt(
  { store }: Pick<EnginePorts, 'store'>,
  { service, path, revision, repository }: Asked,
): Promise<ReleaseOfRevision> {
  const reference = await referenceAt(repository, path, revision);
  const named = reference.kind === 'found' ? reference.ref.release : undefined;
  const found = named === undefined ? 'absent' : await store.read((reader) => reader.releases.get(named));
  return releaseOfRevision({ service, revision, reference, releases: found === 'absent' ? [] : [found] });
}

async function referenceAt({ git }: Pick<Repository, 'git'>, path: string, revision: string): Promise<ObservedRevision['reference']> {
  const commit = CommitSha.safeParse(revision);
  if (!commit.success) return { kind: 'unnamed' };
  try {
    return await readReference(await git.snapshot(commit.data), `${path}/release-manifest.ref`);
  } catch (error) {
    if (error instanceof NotFoundError) return { kind: 'unknown' };
    throw error;
  }
}

async function readReference(files: TreeSnapshot, file: string): Promise<ReferenceAtRevision> {
  const answer = await files.look(file);
  if (answer.kind !== 'file') return { kind: 'absent' };
  const text = documentText(answer.bytes, file);
  const read = text.kind === 'text' ? readReleaseManifestRef(text.text, file, 'tolerant') : text;
  return read.kind === 'ok'
    ? { kind: 'found', ref: read.value }
    : { kind: 'invalid', reason: read.problems[0]?.message ?? 'it can not be read' };
}
