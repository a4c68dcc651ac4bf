import { decodeUtf8, digestOfBytes, encodeUtf8, type Digest, type ImageRepository } from '@fairlead/domain';
import type { Registry } from '../ports/registry.ts';
import type { Contract } from './contract.ts';
import { pushImage } from './push-image.ts';

export interface RegistryWorld {
  readonly registry: Registry;
  /** Nothing is in it yet. */
  readonly repository: ImageRepository;
}

const imageType = 'application/vnd.oci.image.manifest.v1+json';
const nothing = digestOfBytes(encodeUtf8('nothing'));

/** What holds at every registry. */
export const registryContract: Contract<RegistryWorld> = {
  'gives back what was pushed, by tag and by digest': async ({ registry, repository }, equal) => {
    const pushed = await pushImage(registry, { image: `${repository}:1.0`, labels: { a: 'b' } });

    const byTag = await registry.manifest({ repository, reference: '1.0' });
    equal(await registry.manifest({ repository, reference: pushed.digest }), byTag);
    const { digest, mediaType, layers = [], config } = byTag === 'absent' ? {} : byTag;
    equal({ digest, mediaType, sizes: layers.map(({ size }) => size) }, { digest: pushed.digest, mediaType: imageType, sizes: [7] });
    const blob = config === undefined ? 'absent' : await registry.blob({ repository, digest: config.digest, maxBytes: 4096 });
    equal(blob !== 'absent' && decodeUtf8(blob)?.includes('"Labels":{"a":"b"}'), true);
  },

  'tells the platforms of an index': async ({ registry, repository }, equal) => {
    const pushed = await pushImage(registry, { image: `${repository}:2.0`, platforms: ['linux/amd64', 'linux/arm64'] });

    const index = await registry.manifest({ repository, reference: '2.0' });
    const entries = index === 'absent' ? [] : index.manifests.map(({ platform, digest }) => [platform, digest]);
    equal(entries, Object.entries(pushed.platforms));
  },

  'says absent of what is not there': async ({ registry, repository }, equal) => {
    await pushImage(registry, { image: `${repository}:1.0` });

    equal(await registry.manifest({ repository, reference: 'none' }), 'absent');
    equal(await registry.manifest({ repository, reference: nothing }), 'absent');
    equal(await registry.blob({ repository, digest: nothing, maxBytes: 10 }), 'absent');
  },

  'refuses content that is longer than it was asked to take': async ({ registry, repository }, equal) => {
    const digest = await registry.pushBlob(repository, encodeUtf8('x'.repeat(2048)));

    const code = await registry.blob({ repository, digest, maxBytes: 1024 }).then(() => 'taken', codeOf);
    equal(code, 'registry-too-large');
  },

  'takes content that is there already': async ({ registry, repository }, equal) => {
    const content = encodeUtf8('twice');

    equal(await registry.pushBlob(repository, content), await registry.pushBlob(repository, content));
  },

  'lists tags by name': async ({ registry, repository }, equal) => {
    for (const tag of ['b', 'a', 'c']) await pushImage(registry, { image: `${repository}:${tag}` });

    equal(await registry.tags(repository), ['a', 'b', 'c']);
  },

  'lists what refers to an image': async ({ registry, repository }, equal) => {
    const image = await pushImage(registry, { image: `${repository}:1.0` });
    const refers = await pushReferrer(registry, repository, image.digest);

    const found = await registry.referrers({ repository, digest: image.digest });
    equal(
      found.map(({ digest }) => digest),
      [refers],
    );
    equal(await registry.referrers({ repository, digest: refers }), []);
  },
};

async function pushReferrer(registry: Registry, repository: ImageRepository, image: Digest): Promise<Digest> {
  const content = encodeUtf8('{}');
  const empty = {
    mediaType: 'application/vnd.oci.empty.v1+json',
    digest: await registry.pushBlob(repository, content),
    size: content.length,
  };
  const subject = { mediaType: imageType, digest: image, size: 1 };
  const manifest = { schemaVersion: 2, mediaType: imageType, artifactType: 'text/x', config: empty, layers: [empty], subject };
  return registry.pushManifest({ repository }, { mediaType: imageType, bytes: encodeUtf8(JSON.stringify(manifest)) });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}
