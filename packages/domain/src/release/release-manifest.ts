import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { apiVersion } from '../document/document-identity.ts';
import { FreeMap } from '../document/free-form.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { Timestamp } from '../document/timestamp.ts';
import { unique } from '../document/unique.ts';
import { digestOf, type Digest } from '../evidence/digest.ts';
import { DeclaredMigration } from '../migration/declared-migration.ts';
import { ProfileName } from '../profile/profile-name.ts';
import { GitRef } from '../service/git-ref.ts';
import { RepositoryUrl } from '../service/repository-url.ts';
import { ServiceName } from '../service/service-name.ts';
import { ReleaseArtifact } from './release-artifact.ts';
import { ReleaseComponent } from './release-component.ts';
import { SchemaId, SeedId } from './schema-id.ts';
import { Version } from './version.ts';

const ReleaseSchema = z
  .strictObject({ id: SchemaId, migrations: z.array(DeclaredMigration).check(unique('migration', 'id')).readonly().exactOptional() })
  .readonly();

/** What the build writes. Without defaults, so that the digest of a value is the digest of its document.
 *  `metadata.captured`: written from what runs, not by a build; never promotable to production. */
export const ReleaseManifest = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('ReleaseManifest'),
    metadata: z
      .strictObject({ service: ServiceName, version: Version, createdAt: Timestamp, captured: z.literal(true).exactOptional() })
      .readonly(),
    source: z.strictObject({ repository: RepositoryUrl, commit: CommitSha, ref: GitRef }).readonly(),
    components: z.array(ReleaseComponent).min(1).check(unique('component', 'name')).readonly(),
    schema: ReleaseSchema.exactOptional(),
    seeds: z.strictObject({ id: SeedId }).readonly().exactOptional(),
    profiles: z.record(ProfileName, FreeMap).readonly().exactOptional(),
    artifacts: z.array(ReleaseArtifact).check(unique('artifact', 'name')).readonly().exactOptional(),
  })
  .superRefine(({ components, schema }, context) => {
    const names = new Set(components.map(({ name }) => name));
    for (const [index, { component }] of (schema?.migrations ?? []).entries()) {
      if (component === undefined || names.has(component)) continue;
      const message = `component ${JSON.stringify(component)} is not in this release`;
      context.addIssue({ code: 'custom', message, path: ['schema', 'migrations', index, 'component'] });
    }
  })
  .readonly();
export type ReleaseManifest = z.infer<typeof ReleaseManifest>;

export function readReleaseManifest(text: string, file: string, mode?: ReadingMode): Parsed<ReleaseManifest> {
  return parseDocument({ kind: 'ReleaseManifest', schema: ReleaseManifest }, { text, file }, mode);
}

/** A release is its manifest's digest: over the JCS form, so no spelling changes it. */
export function releaseDigest(manifest: ReleaseManifest): Digest {
  return digestOf(manifest);
}
