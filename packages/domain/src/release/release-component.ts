import { z } from 'zod';
import { fieldAdvice } from '../document/field-advice.ts';
import { Digest } from '../evidence/digest.ts';
import { ComponentName } from '../service/component-name.ts';
import { ImageRepository } from './image-ref.ts';
import { Platform } from './platform.ts';

const byDigest = 'a tag decides nothing: give the digest as digest: sha256:…';

const Image = z
  .strictObject({
    repository: ImageRepository,
    digest: Digest,
    platforms: z.record(Platform, Digest).readonly().exactOptional(),
    configs: z.record(Platform, Digest).readonly().exactOptional(),
  })
  .register(fieldAdvice, { tag: byDigest, newTag: byDigest });

/** One deployable part of a release, its image pinned. `platforms`: what the digest of an index stands for; `configs`: the digest of each platform's
 *  configuration, which some container runtimes report for an image. */
export const ReleaseComponent = z.strictObject({ name: ComponentName, image: Image.readonly() }).readonly();
export type ReleaseComponent = z.infer<typeof ReleaseComponent>;
