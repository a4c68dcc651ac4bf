import {
  decodeUtf8,
  encodeUtf8,
  NotFoundError,
  OciUri,
  readReleaseManifest,
  UpstreamError,
  type Digest,
  type OciPlace,
  type Parsed,
  type ReleaseManifest,
} from '@fairlead/domain';
import type { Registry, RegistryDescriptor, RegistryManifest } from '../ports/registry.ts';

const artifactType = 'application/vnd.fairlead.release.v1';
const layerType = 'application/vnd.fairlead.release-manifest.v1+yaml';
const imageType = 'application/vnd.oci.image.manifest.v1+json';
const emptyType = 'application/vnd.oci.empty.v1+json';
const maxManifestBytes = 4 * 1024 * 1024;

export interface ReleaseText {
  readonly manifest: ReleaseManifest;
  readonly digest: Digest;
  /** Byte for byte. */
  readonly text: string;
}

/** Keeps a release's manifest in a registry as an OCI artifact. The same release gets the same address, however often it is pushed. */
export async function pushRelease(
  registry: Registry,
  { repository, tag }: OciPlace,
  { manifest, digest, text }: ReleaseText,
): Promise<OciUri> {
  const content = encodeUtf8(text);
  const nothing = encodeUtf8('{}');
  const descriptor = { mediaType: layerType, digest: await registry.pushBlob(repository, content), size: content.length };
  const { metadata, source } = manifest;
  const artifact = {
    schemaVersion: 2,
    mediaType: imageType,
    artifactType,
    config: { mediaType: emptyType, digest: await registry.pushBlob(repository, nothing), size: nothing.length },
    layers: [{ ...descriptor, annotations: { 'org.opencontainers.image.title': 'release.yaml' } }],
    annotations: {
      'dev.fairlead.release': digest,
      'dev.fairlead.service': metadata.service,
      'org.opencontainers.image.created': metadata.createdAt,
      'org.opencontainers.image.revision': source.commit,
      'org.opencontainers.image.source': source.repository,
      'org.opencontainers.image.version': metadata.version,
    },
  };
  const target = { repository, ...(tag === undefined ? {} : { tag }) };
  const kept = await registry.pushManifest(target, { mediaType: imageType, bytes: encodeUtf8(JSON.stringify(artifact)) });
  return OciUri.parse(`oci://${repository}@${kept}`);
}

export interface PulledRelease {
  /** Pinned, whatever it was asked for by. */
  readonly uri: OciUri;
  readonly text: string;
  readonly read: Parsed<ReleaseManifest>;
}

/** Reads a manifest that a registry keeps. Throws `NotFoundError` (`release-unknown`) where there is none. */
export async function pullRelease(registry: Registry, { repository, digest, tag }: OciPlace): Promise<PulledRelease> {
  const reference = digest ?? tag ?? 'latest';
  const place = `oci://${repository}${digest === undefined ? ':' : '@'}${reference}`;
  const artifact = await registry.manifest({ repository, reference });
  if (artifact === 'absent') {
    throw new NotFoundError('release-unknown', `the registry has no ${place}`, {
      hint: 'correct the address, or push it: fairlead release push',
    });
  }
  const layer = layerOf(artifact, place);
  const content = await registry.blob({ repository, digest: layer.digest, maxBytes: maxManifestBytes });
  const text = content === 'absent' ? undefined : decodeUtf8(content);
  if (text === undefined) {
    const provider = repository.split('/')[0] ?? repository;
    const message = `the registry has lost the content of ${place}`;
    throw new UpstreamError('registry-unexpected', message, { provider, retryable: false, hint: 'push the release again' });
  }
  return { uri: OciUri.parse(`oci://${repository}@${artifact.digest}`), text, read: readReleaseManifest(text, place, 'tolerant') };
}

function layerOf({ layers, artifactType: own, mediaType: type }: RegistryManifest, place: string): RegistryDescriptor {
  const [layer, ...others] = layers.filter(({ mediaType }) => mediaType === layerType);
  if (layer !== undefined && others.length === 0) return layer;
  throw new NotFoundError('release-unknown', `${place} is no release, but ${own ?? type}`, {
    hint: 'name what `fairlead release push` printed',
  });
}
