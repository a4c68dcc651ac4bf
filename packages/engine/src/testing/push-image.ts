import { encodeUtf8, ImageRepository, type Digest } from '@fairlead/domain';
import type { Registry } from '../ports/registry.ts';

export interface PushedImage {
  /** Of the index where there are platforms. */
  readonly digest: Digest;
  readonly platforms: Readonly<Record<string, Digest>>;
  readonly configs: Readonly<Record<string, Digest>>;
}

interface ImageToPush {
  /** With host and tag: `127.0.0.1:5000/shop/api:1.0` */
  readonly image: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** `os/architecture`; several make an index. */
  readonly platforms?: readonly string[];
}

/** Pushes an image of one small layer, as a build would. */
export async function pushImage(
  registry: Registry,
  { image, labels = {}, platforms = ['linux/amd64'] }: ImageToPush,
): Promise<PushedImage> {
  const at = image.lastIndexOf(':');
  const repository = ImageRepository.parse(image.slice(0, at));
  const tag = image.slice(at + 1);
  const layer = encodeUtf8('a layer');
  const manifests: { readonly platform: string; readonly digest: Digest; readonly config: Digest; readonly size: number }[] = [];
  for (const platform of platforms) {
    const [os, architecture] = platform.split('/');
    const config = encodeUtf8(JSON.stringify({ os, architecture, config: { Labels: labels }, rootfs: { type: 'layers', diff_ids: [] } }));
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: await registry.pushBlob(repository, config),
        size: config.length,
      },
      layers: [
        {
          mediaType: 'application/vnd.oci.image.layer.v1.tar',
          digest: await registry.pushBlob(repository, layer),
          size: layer.length,
        },
      ],
    };
    const bytes = encodeUtf8(JSON.stringify(manifest));
    const target = { repository, ...(platforms.length === 1 ? { tag } : {}) };
    const digest = await registry.pushManifest(target, { mediaType: manifest.mediaType, bytes });
    manifests.push({ platform, digest, config: manifest.config.digest, size: bytes.length });
  }
  const byPlatform = Object.fromEntries(manifests.map(({ platform, digest }) => [platform, digest]));
  const configs = Object.fromEntries(manifests.map(({ platform, config }) => [platform, config]));
  const [only, ...others] = manifests;
  if (only !== undefined && others.length === 0) return { digest: only.digest, platforms: byPlatform, configs };
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const index = {
    schemaVersion: 2,
    mediaType,
    manifests: manifests.map(({ platform, digest, size }) => {
      const [os, architecture] = platform.split('/');
      return { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size, platform: { os, architecture } };
    }),
  };
  const digest = await registry.pushManifest({ repository, tag }, { mediaType, bytes: encodeUtf8(JSON.stringify(index)) });
  return { digest, platforms: byPlatform, configs };
}
