import { RepoPath } from '../document/repo-path.ts';
import type { Digest } from '../evidence/digest.ts';
import type { ServiceName } from '../service/service-name.ts';
import { releaseDigest, type ReleaseManifest } from './release-manifest.ts';
import type { ReleaseManifestRef } from './release-manifest-ref.ts';

/** Where a service root keeps a release's manifest: `releases/<service>/sha256-<hex>.yaml`. */
export function releaseFileName(service: ServiceName, release: Digest): RepoPath {
  return RepoPath.parse(`releases/${service}/${release.replace(':', '-')}.yaml`);
}

/** The reference to a release that is kept in the service root. */
export function referTo(manifest: ReleaseManifest): ReleaseManifestRef {
  const { metadata, source } = manifest;
  const release = releaseDigest(manifest);
  return {
    apiVersion: manifest.apiVersion,
    kind: 'ReleaseManifestRef',
    service: metadata.service,
    release,
    source: { repository: source.repository, commit: source.commit },
    manifest: releaseFileName(metadata.service, release),
  };
}

/** Whether a file below `releases/` is a manifest: signatures and attestations lie there too. */
export function isReleaseFile(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path) && !path.endsWith('.sig.json') && !path.includes('/attestations/');
}
