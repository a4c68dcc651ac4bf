import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { apiVersion } from '../document/document-identity.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { printDocument } from '../document/print-document.ts';
import { RepoPath } from '../document/repo-path.ts';
import { Digest } from '../evidence/digest.ts';
import { RepositoryUrl } from '../service/repository-url.ts';
import { ServiceName } from '../service/service-name.ts';
import { OciUri } from './oci-uri.ts';

/** Which one release an environment is meant to run. `manifest`: a path below the service root, or where a registry keeps it. */
export const ReleaseManifestRef = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('ReleaseManifestRef'),
    service: ServiceName,
    release: Digest,
    source: z.strictObject({ repository: RepositoryUrl, commit: CommitSha }).readonly(),
    manifest: z.union([RepoPath, OciUri]),
  })
  .readonly();
export type ReleaseManifestRef = z.infer<typeof ReleaseManifestRef>;

export function readReleaseManifestRef(text: string, file: string, mode?: ReadingMode): Parsed<ReleaseManifestRef> {
  return parseDocument({ kind: 'ReleaseManifestRef', schema: ReleaseManifestRef }, { text, file }, mode);
}

/** The bytes of `release-manifest.ref`: the schema's order of fields, whatever the order of the value's. */
export function printReleaseManifestRef(ref: ReleaseManifestRef): string {
  return printDocument(ReleaseManifestRef.parse(ref));
}
