import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { Timestamp } from '../document/timestamp.ts';
import { unique } from '../document/unique.ts';
import { digestOf, type Digest } from '../evidence/digest.ts';
import { ServiceName } from '../service/service-name.ts';
import { ReleaseComponent } from './release-component.ts';
import { releaseFields } from './release-fields.ts';
import { Version } from './version.ts';

/** What the build writes. Without defaults, so that the digest of a value is the digest of its document.
 *  `metadata.captured`: written from what runs, not by a build; never promotable to production. */
export const ReleaseManifest = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('ReleaseManifest'),
    metadata: z
      .strictObject({ service: ServiceName, version: Version, createdAt: Timestamp, captured: z.literal(true).exactOptional() })
      .readonly(),
    source: releaseFields.source,
    components: z.array(ReleaseComponent).min(1).check(unique('component', 'name')).readonly(),
    schema: releaseFields.schema,
    seeds: releaseFields.seeds,
    profiles: releaseFields.profiles,
    artifacts: releaseFields.artifacts,
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
