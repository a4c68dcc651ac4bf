import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { fieldAdvice } from '../document/field-advice.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { unique } from '../document/unique.ts';
import { EnvironmentName } from '../environment/environment-name.ts';
import { ImageRef, ImageRepository } from '../release/image-ref.ts';
import { ComponentName } from './component-name.ts';
import { GitRef } from './git-ref.ts';
import { KindName } from './kind-name.ts';
import { RepositoryUrl } from './repository-url.ts';
import { ServiceName } from './service-name.ts';

export const ServiceComponent = z
  .strictObject({ name: ComponentName, image: ImageRepository, required: z.boolean().default(true) })
  .register(fieldAdvice, { digest: 'the release pins the digest, the service only names the repository' })
  .readonly();
export type ServiceComponent = z.infer<typeof ServiceComponent>;

/** What is released as one unit. `environments` in order of promotion; `source.refs`: a release's commit must be on one of them.
 *  `clusterScoped`: the only kinds outside of namespaces that it may have; absent: nobody said. */
export const Service = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('Service'),
    metadata: z.strictObject({ name: ServiceName }).readonly(),
    spec: z
      .strictObject({
        repository: RepositoryUrl,
        source: z.strictObject({ refs: z.array(GitRef).min(1).check(unique('ref')).readonly() }).readonly(),
        environments: z.array(EnvironmentName).min(1).check(unique('environment')).readonly(),
        components: z.array(ServiceComponent).min(1).check(unique('component', 'name')).readonly(),
        thirdPartyImages: z.array(ImageRef).check(unique('image')).readonly().default([]),
        clusterScoped: z.array(KindName).check(unique('kind')).readonly().exactOptional(),
      })
      .readonly(),
  })
  .readonly();
export type Service = z.infer<typeof Service>;

export function readService(text: string, file: string, mode?: ReadingMode): Parsed<Service> {
  return parseDocument({ kind: 'Service', schema: Service }, { text, file }, mode);
}
