import type { EnvironmentId, ReleaseComponent } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { manifestOf } from '../release/manifest-of.ts';
import type { ImageDigests } from './target-comparison.ts';

/** The digests that the images of the environment's release may run as. Empty where nothing was promoted: then each image stands for itself alone. */
export async function intendedImages({ store }: Pick<EnginePorts, 'store'>, environment: EnvironmentId): Promise<ImageDigests> {
  const intended = await store.read((reader) => reader.promotions.intended(environment));
  if (intended === 'absent') return {};
  const { components } = await manifestOf(store, intended.release.digest);
  return imageDigests(components);
}

/** An index, its platforms' manifests: any of them may be what a runtime names. */
function imageDigests(components: readonly ReleaseComponent[]): ImageDigests {
  const images = components.map(({ image }) => [...new Set([image.digest, ...Object.values(image.platforms ?? {})])]);
  return Object.fromEntries(images.flatMap((digests) => digests.map((digest) => [digest, digests] as const)));
}
