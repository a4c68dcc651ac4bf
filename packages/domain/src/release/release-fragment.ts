import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { Timestamp } from '../document/timestamp.ts';
import { unique } from '../document/unique.ts';
import { ServiceName } from '../service/service-name.ts';
import { ReleaseComponent } from './release-component.ts';
import { releaseFields } from './release-fields.ts';
import { Version } from './version.ts';

/** What one of several parallel builds knows of a release: the manifest's shape with some of its components. Nothing deploys it; `release assemble` joins them. */
export const ReleaseFragment = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('ReleaseFragment'),
    metadata: z.strictObject({ service: ServiceName, version: Version, createdAt: Timestamp }).readonly(),
    source: releaseFields.source,
    components: z.array(ReleaseComponent).check(unique('component', 'name')).readonly().exactOptional(),
    schema: releaseFields.schema,
    seeds: releaseFields.seeds,
    profiles: releaseFields.profiles,
    artifacts: releaseFields.artifacts,
  })
  .readonly();
export type ReleaseFragment = z.infer<typeof ReleaseFragment>;

export function readReleaseFragment(text: string, file: string, mode?: ReadingMode): Parsed<ReleaseFragment> {
  return parseDocument({ kind: 'ReleaseFragment', schema: ReleaseFragment }, { text, file }, mode);
}
