import type { JsonObject } from '../document/json.ts';
import { RepoPath } from '../document/repo-path.ts';
import type { Digest } from '../evidence/digest.ts';
import type { Statement } from '../evidence/in-toto-statement.ts';
import { releaseDigest, type ReleaseManifest } from '../release/release-manifest.ts';

export const releaseSignaturePredicate = 'https://fairlead.dev/attestation/release-manifest/v1';

/** What the signer of a manifest says: this release, under this version, from this commit. The digest is the release's, so that a manifest
 *  that is printed anew stays signed; that of the file is there for tools that know files alone. */
export function releaseStatement(manifest: ReleaseManifest, file: Digest): Statement {
  const { metadata, source } = manifest;
  const release = releaseDigest(manifest);
  const predicate: JsonObject = {
    service: metadata.service,
    version: metadata.version,
    release,
    source: { repository: source.repository, commit: source.commit, ref: source.ref },
  };
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: `${metadata.service}@${metadata.version}`, digest: { sha256: hexOf(release) } },
      ...(file === release ? [] : [{ name: 'manifest file', digest: { sha256: hexOf(file) } }]),
    ],
    predicateType: releaseSignaturePredicate,
    predicate,
  };
}

function hexOf(digest: Digest): string {
  return digest.slice('sha256:'.length);
}

/** Where the signatures of a manifest lie: beside it, one bundle a line. */
export function releaseSignatureFile(manifest: RepoPath): RepoPath {
  return RepoPath.parse(`${manifest}.sig.json`);
}
