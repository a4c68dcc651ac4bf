import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { FreeMap } from '../document/free-form.ts';
import { unique } from '../document/unique.ts';
import { DeclaredMigration } from '../migration/declared-migration.ts';
import { ProfileName } from '../profile/profile-name.ts';
import { GitRef } from '../service/git-ref.ts';
import { RepositoryUrl } from '../service/repository-url.ts';
import { ReleaseArtifact } from './release-artifact.ts';
import { SchemaId, SeedId } from './schema-id.ts';

/** What a manifest and its fragments have in common. Without defaults, so that the digest of a value is the digest of its document. */
export const releaseFields = {
  source: z.strictObject({ repository: RepositoryUrl, commit: CommitSha, ref: GitRef }).readonly(),
  schema: z
    .strictObject({ id: SchemaId, migrations: z.array(DeclaredMigration).check(unique('migration', 'id')).readonly().exactOptional() })
    .readonly()
    .exactOptional(),
  seeds: z.strictObject({ id: SeedId }).readonly().exactOptional(),
  profiles: z.record(ProfileName, FreeMap).readonly().exactOptional(),
  artifacts: z.array(ReleaseArtifact).check(unique('artifact', 'name')).readonly().exactOptional(),
} as const;
