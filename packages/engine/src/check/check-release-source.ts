import {
  checkReleaseSource,
  sameRepository,
  type DocumentLines,
  type ReleaseManifest,
  type RepoPath,
  type Service,
} from '@fairlead/domain';
import type { SourceHistory } from '../ports/source-history.ts';
import type { Checking } from './checking.ts';
import type { FoundEnvironment } from './find-environments.ts';

interface ReferredRelease {
  readonly manifest: ReleaseManifest;
  /** Where the reference stands. */
  readonly file: RepoPath;
  readonly lines: DocumentLines;
}

/** Judges where a release comes from, as far as this checkout can tell. */
export async function checkSource(checking: Checking, environment: FoundEnvironment, release: ReferredRelease): Promise<void> {
  const { notes, source } = checking;
  const { declared, name } = environment;
  if (declared === undefined) return;
  const { service } = declared;
  const contained = source === undefined ? 'unknown' : await containment(source, service, release.manifest);
  const faults = checkReleaseSource({ service, tier: declared.environment.spec.tier, ...release, contained });
  for (const fault of faults) notes.add({ ...fault, environment: name });
  if (faults.length > 0 || contained !== 'unknown') return;
  const isThere = source?.origin !== undefined && sameRepository(source.origin, service.spec.repository);
  const because = isThere
    ? `the checkout lacks commit ${release.manifest.source.commit.slice(0, 12)}, or ${service.spec.source.refs.join(', ')}`
    : `this checkout is not ${service.spec.repository}`;
  notes.leaveOpen(['release-source'], because, name);
}

/** A commit that is here is the very commit, wherever the checkout comes from; one that isn't may be missing for many reasons. */
async function containment(source: SourceHistory, service: Service, { source: { commit } }: ReleaseManifest): Promise<boolean | 'unknown'> {
  const answers: (boolean | 'unknown')[] = [];
  for (const ref of service.spec.source.refs) answers.push(await source.isOn(commit, ref));
  if (answers.includes(true)) return true;
  return answers.includes('unknown') ? 'unknown' : false;
}
