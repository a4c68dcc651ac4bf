import type { RepoPath } from '../document/repo-path.ts';
import type { DocumentLines } from '../document/document-lines.ts';
import type { Tier } from '../environment/tier.ts';
import type { ReleaseManifest } from '../release/release-manifest.ts';
import type { Service } from '../service/service.ts';
import type { FoundFault } from './finding.ts';

/** A release that an environment refers to, and what the checkout knows of its commit. */
export interface SourceToCheck {
  readonly service: Service;
  readonly tier: Tier;
  readonly manifest: ReleaseManifest;
  /** Where the reference stands. */
  readonly file: RepoPath;
  readonly lines: DocumentLines;
  /** Whether the commit is on one of the refs that the service is released from. */
  readonly contained: boolean | 'unknown';
}

/** Whether a release comes from the declared repository, from a commit on a protected ref, and from a build. */
export function checkReleaseSource(question: SourceToCheck): readonly FoundFault[] {
  const { service, tier, manifest, contained } = question;
  const { metadata, source } = manifest;
  if (metadata.captured === true && tier === 'production') {
    const message = `release ${metadata.version} was captured from what runs, not made by a build`;
    return [fault(question, { pointer: '/release', message, fix: 'promote a release that the build made' })];
  }
  if (source.repository !== service.spec.repository) {
    const message = `release ${metadata.version} was built from ${source.repository}, service ${service.metadata.name} is released from ${service.spec.repository}`;
    return [fault(question, { pointer: '/source/repository', message, fix: 'build the release from the declared repository' })];
  }
  if (contained !== false) return [];
  const refs = service.spec.source.refs.join(', ');
  const message = `commit ${source.commit} of release ${metadata.version} is on none of the refs that service ${service.metadata.name} is released from: ${refs}`;
  const fix = 'merge the commit into one of them first, or refer to a release of a commit that is there';
  return [fault(question, { pointer: '/source/commit', message, fix })];
}

function fault({ file, lines }: SourceToCheck, said: Pick<FoundFault, 'pointer' | 'message' | 'fix'>): FoundFault {
  return { rule: 'release-source', ...said, file, ...lines.valueAt(said.pointer) };
}
