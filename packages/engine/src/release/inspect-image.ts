import {
  Platform,
  readImageConfig,
  sourceLabels,
  UpstreamError,
  type Digest,
  type ImageLabels,
  type ImageRepository,
} from '@fairlead/domain';
import type { Registry, RegistryManifest } from '../ports/registry.ts';

/** What a registry says of an image. `labels`: of each platform. */
export interface InspectedImage {
  readonly digest: Digest;
  readonly platforms: Readonly<Record<string, Digest>>;
  readonly configs: Readonly<Record<string, Digest>>;
  readonly labels: readonly ImageLabels[];
}

const maxPlatforms = 64;
const maxConfigBytes = 8 * 1024 * 1024;

interface Image {
  readonly repository: ImageRepository;
  /** A digest or a tag. */
  readonly reference: string;
}

/** Looks an image up: what a tag names now, its platforms and what they say of their source. */
export async function inspectImage(registry: Registry, image: Image): Promise<InspectedImage | 'absent'> {
  const manifest = await registry.manifest(image);
  if (manifest === 'absent') return 'absent';
  const parts = await platformsOf(registry, image.repository, manifest);
  return {
    digest: manifest.digest,
    platforms: inOrder(parts.map(({ platform, digest }) => [platform, digest])),
    configs: inOrder(parts.map(({ platform, config }) => [platform, config])),
    labels: parts.map(({ labels }) => withFallback(labels, manifest)),
  };
}

interface PlatformImage {
  readonly platform: string;
  readonly digest: Digest;
  readonly config: Digest;
  readonly labels: ImageLabels;
}

async function platformsOf(registry: Registry, repository: ImageRepository, manifest: RegistryManifest): Promise<readonly PlatformImage[]> {
  if (manifest.manifests.length === 0) return readPlatform(registry, repository, { manifest });
  const entries = manifest.manifests.filter(({ platform }) => isPlatform(platform));
  if (entries.length > maxPlatforms) throw unexpected(repository, manifest.digest, `has ${String(entries.length)} platforms`);
  const read: PlatformImage[] = [];
  for (const { digest, platform } of entries) {
    const own = await registry.manifest({ repository, reference: digest });
    if (own === 'absent') throw unexpected(repository, digest, 'is in the index but not in the registry');
    read.push(...(await readPlatform(registry, repository, { manifest: own, ...(platform === undefined ? {} : { platform }) })));
  }
  return read;
}

/** An attestation of buildx stands in the index as a platform that is unknown. */
function isPlatform(platform: string | undefined): boolean {
  return Platform.safeParse(platform).success && platform?.startsWith('unknown/') === false;
}

interface OnePlatform {
  readonly manifest: RegistryManifest;
  /** As the index says it. */
  readonly platform?: string;
}

/** An artifact that is no image has no platform, and nothing to record. */
async function readPlatform(
  registry: Registry,
  repository: ImageRepository,
  { manifest, platform }: OnePlatform,
): Promise<readonly PlatformImage[]> {
  const { digest, config } = manifest;
  if (config === undefined) return [];
  const blob = await registry.blob({ repository, digest: config.digest, maxBytes: maxConfigBytes });
  if (blob === 'absent') throw unexpected(repository, digest, 'has no configuration in the registry');
  const read = readImageConfig(blob);
  const named = platform ?? read?.platform;
  if (read === undefined || named === undefined || !isPlatform(named)) return [];
  return [{ platform: named, digest, config: config.digest, labels: withFallback(read.labels, manifest) }];
}

/** Some builds annotate the manifest and don't label the image. */
function withFallback(labels: ImageLabels, { annotations }: RegistryManifest): ImageLabels {
  return labels.revision === undefined ? { ...labels, ...sourceLabels(annotations) } : labels;
}

function inOrder(entries: readonly (readonly [string, Digest])[]): Readonly<Record<string, Digest>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function unexpected(repository: string, digest: string, because: string): UpstreamError {
  const provider = repository.split('/')[0] ?? repository;
  return new UpstreamError('registry-unexpected', `${repository}@${digest} ${because}`, { provider, retryable: false });
}
