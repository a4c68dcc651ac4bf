import { ImageRepository, type ReleaseManifest } from '@fairlead/domain';
import type { Registry } from '../ports/registry.ts';
import { inspectImage } from './inspect-image.ts';

/** An image of a release that isn't in its registry as the manifest has it. */
export interface MissingImage {
  readonly component: string;
  readonly message: string;
  readonly fix: string;
}

/** Looks whether the registries have each image of a release, with the platforms and configurations that it records. */
export async function missingImages(registry: Registry, { components }: ReleaseManifest): Promise<readonly MissingImage[]> {
  const missing: MissingImage[] = [];
  for (const { name, image } of components) {
    const found = await inspectImage(registry, { repository: ImageRepository.parse(image.repository), reference: image.digest });
    if (found === 'absent') {
      const message = `component ${name}: the registry has no ${image.repository}@${image.digest}`;
      missing.push({ component: name, message, fix: 'push it again, or look whether a clean-up of the registry removed it' });
      continue;
    }
    for (const [what, said, is] of [
      ['platform', image.platforms, found.platforms],
      ['configuration of platform', image.configs, found.configs],
    ] as const) {
      const wrong = Object.entries(said ?? {}).filter(([platform, digest]) => is[platform] !== digest);
      missing.push(
        ...wrong.map(([platform, digest]) => ({
          component: name,
          message: `component ${name}: the manifest says that ${what} ${platform} is ${digest}, the image has ${is[platform] ?? 'none'}`,
          fix: 'make the manifest again: fairlead release create',
        })),
      );
    }
  }
  return missing;
}
