import type { Digest, ImageRepository } from '@fairlead/domain';
import type { Registry, RegistryDescriptor } from '../ports/registry.ts';
import type { ImageSignatures } from './verify-release.ts';
import type { FoundMaterial } from './verify-signers.ts';

/** Larger ones are refused by whoever verifies them. */
const maxBytes = 8 * 1024 * 1024;
/** Anybody who may push may attach more. */
const most = 50;

const bundleType = 'application/vnd.dev.sigstore.bundle';

interface Image {
  readonly repository: ImageRepository;
  readonly digest: Digest;
}

/** What a registry keeps for an image: bundles that refer to it, and cosign's older tags beside it. */
export function registrySignatures(registry: Registry): ImageSignatures {
  return {
    async of(image) {
      const referring = await registry.referrers(image);
      // Not every registry says in its list what each of them is.
      const bundles = referring.filter(({ artifactType }) => artifactType === undefined || artifactType.startsWith(bundleType));
      const found = [
        ...(await Promise.all(bundles.slice(0, most).map((bundle) => bundleOf(registry, image, bundle)))).flat(),
        ...(await layersOf(registry, image, 'sig')),
        ...(await layersOf(registry, image, 'att')),
      ];
      return found;
    },
  };
}

async function bundleOf(registry: Registry, { repository }: Image, { digest }: RegistryDescriptor): Promise<readonly FoundMaterial[]> {
  const manifest = await registry.manifest({ repository, reference: digest });
  const [layer] = manifest === 'absent' ? [] : manifest.layers.filter(({ mediaType }) => mediaType.startsWith(bundleType));
  const bytes = layer === undefined ? 'absent' : await registry.blob({ repository, digest: layer.digest, maxBytes });
  return bytes === 'absent' ? [] : [{ name: `${repository}@${digest}`, material: { kind: 'bundle', bytes } }];
}

/** `sha256-<hex>.sig` and `.att`: an image whose layers are payloads, each with its signature in its annotations. */
async function layersOf(registry: Registry, { repository, digest }: Image, suffix: 'sig' | 'att'): Promise<readonly FoundMaterial[]> {
  const tag = `${digest.replace(':', '-')}.${suffix}`;
  const manifest = await registry.manifest({ repository, reference: tag });
  if (manifest === 'absent') return [];
  const found = manifest.layers.slice(0, most).map(async (layer, at): Promise<readonly FoundMaterial[]> => {
    const bytes = await registry.blob({ repository, digest: layer.digest, maxBytes });
    const { mediaType, annotations = {} } = layer;
    return bytes === 'absent'
      ? []
      : [{ name: `${repository}:${tag}#${String(at + 1)}`, material: { kind: 'cosign-layer', bytes, mediaType, annotations } }];
  });
  return (await Promise.all(found)).flat();
}
