import { decodeUtf8, digestOfBytes, encodeUtf8, ImageRepository, UpstreamError, type Digest } from '@fairlead/domain';
import type { Registry, RegistryDescriptor, RegistryManifest } from '../ports/registry.ts';

interface MemoryImage {
  readonly labels?: Readonly<Record<string, string>>;
  readonly platforms?: readonly string[];
}

/** Registries in memory: manifests and blobs by repository. What is pushed is kept as it is; images are put together by `addImage`. */
export interface MemoryRegistry extends Registry {
  /** `repository:tag`; several platforms make an index. Answers the digest that the tag names. */
  addImage(image: string, content?: MemoryImage): Digest;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

export function memoryRegistry(): MemoryRegistry {
  const manifests = new Map<string, RegistryManifest>();
  const blobs = new Map<string, Uint8Array>();
  const keep = (repository: string, manifest: RegistryManifest, tag?: string): Digest => {
    manifests.set(`${repository} ${manifest.digest}`, manifest);
    if (tag !== undefined) manifests.set(`${repository} ${tag}`, manifest);
    return manifest.digest;
  };
  const keepBlob = (repository: string, bytes: Uint8Array): Digest => {
    const digest = digestOfBytes(bytes);
    blobs.set(`${repository} ${digest}`, bytes);
    return digest;
  };
  return {
    manifest: ({ repository, reference }) => Promise.resolve(manifests.get(`${repository} ${reference}`) ?? 'absent'),
    blob({ repository, digest, maxBytes }) {
      const bytes = blobs.get(`${repository} ${digest}`);
      return bytes !== undefined && bytes.length > maxBytes ? Promise.reject(tooLarge) : Promise.resolve(bytes ?? 'absent');
    },
    referrers({ repository, digest: image }) {
      const own = new Set([...manifests].flatMap(([key, manifest]) => (key.startsWith(`${repository} `) ? [manifest] : [])));
      const found = [...own].filter(({ subject }) => subject?.digest === image);
      return Promise.resolve(found.map(({ mediaType, digest, bytes }) => ({ mediaType, digest, size: bytes.length })));
    },
    tags(repository) {
      const own = [...manifests.keys()].filter((key) => key.startsWith(`${repository} `) && !key.includes('sha256:'));
      return Promise.resolve(own.map((key) => key.slice(repository.length + 1)).toSorted());
    },
    pushBlob: (repository, bytes) => Promise.resolve(keepBlob(repository, bytes)),
    pushManifest: ({ repository, tag }, { mediaType, bytes }) =>
      Promise.resolve(keep(repository, { ...empty, ...contentOf(bytes), digest: digestOfBytes(bytes), mediaType, bytes }, tag)),
    addImage(image, { labels = {}, platforms = ['linux/amd64'] } = {}) {
      const [name, tag] = [image.slice(0, image.lastIndexOf(':')), image.slice(image.lastIndexOf(':') + 1)];
      const repository = ImageRepository.parse(name);
      const parts = platforms.map((platform) => {
        const [os, architecture] = platform.split('/');
        const bytes = encodeUtf8(JSON.stringify({ os, architecture, config: { Labels: labels } }));
        const config: RegistryDescriptor = { mediaType: 'application/json', digest: keepBlob(repository, bytes), size: bytes.length };
        return { ...manifestOf(manifestType, { config }), platform };
      });
      const [only, ...others] = parts;
      if (only !== undefined && others.length === 0) return keep(repository, only, tag);
      for (const part of parts) keep(repository, part);
      const entries = parts.map(({ digest, mediaType, bytes, platform }) => ({ mediaType, digest, size: bytes.length, platform }));
      return keep(repository, manifestOf(indexType, { manifests: entries }), tag);
    },
  };
}

const empty = { annotations: {}, layers: [], manifests: [] } as const;

function manifestOf(mediaType: string, content: Partial<Pick<RegistryManifest, 'config' | 'manifests'>>): RegistryManifest {
  const bytes = encodeUtf8(JSON.stringify(content));
  return { ...empty, ...content, mediaType, bytes, digest: digestOfBytes(bytes) };
}

const tooLarge = new UpstreamError('registry-too-large', 'the content is larger than that', { provider: 'memory', retryable: false });

/** What a test pushes is a manifest: nothing of it is judged here. */
function contentOf(bytes: Uint8Array): Partial<RegistryManifest> {
  const content: unknown = JSON.parse(decodeUtf8(bytes) ?? '{}', (key, value: unknown) =>
    key === 'platform' ? platformName(value) : value,
  );
  return isManifest(content) ? content : {};
}

function isManifest(content: unknown): content is Partial<RegistryManifest> {
  return typeof content === 'object' && content !== null;
}

function platformName(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('os' in value) || !('architecture' in value)) return value;
  return `${String(value.os)}/${String(value.architecture)}`;
}
