import { randomUUID } from 'node:crypto';
import { Digest, digestOfBytes, ImageRepository } from '@fairlead/domain';
import type { Registry } from '@fairlead/engine';
import { describe, expect, it } from 'vitest';
import { pushImage } from './push-image.ts';

export interface RegistryUnderTest {
  readonly host: () => string;
  readonly registry: () => Registry;
}

const imageType = 'application/vnd.oci.image.manifest.v1+json';

/** What holds at every registry that we did not write, too. */
export function registryContract(name: string, { host, registry }: RegistryUnderTest): void {
  const suite: Suite = { registry, repository: () => ImageRepository.parse(`${host()}/team/${randomUUID()}`) };
  describe(`${name}, as a registry`, () => {
    givesBack(suite);
    lists(suite);
  });
}

interface Suite {
  readonly registry: () => Registry;
  /** A new one. */
  readonly repository: () => ImageRepository;
}

function givesBack({ registry, repository }: Suite): void {
  it('gives back what was pushed, by tag and by digest', async () => {
    const place = repository();
    const pushed = await pushImage(registry(), { image: `${place}:1.0`, labels: { a: 'b' } });

    const [byTag, byDigest] = [
      await registry().manifest({ repository: place, reference: '1.0' }),
      await registry().manifest({ repository: place, reference: pushed.digest }),
    ];

    expect(byTag).toEqual(byDigest);
    expect(byTag).toMatchObject({ digest: pushed.digest, mediaType: imageType, layers: [{ size: 7 }] });
    const config = byTag === 'absent' ? undefined : byTag.config;
    const blob = await registry().blob({ repository: place, digest: Digest.parse(config?.digest), maxBytes: 4096 });
    expect(blob !== 'absent' && JSON.parse(Buffer.from(blob).toString())).toMatchObject({ config: { Labels: { a: 'b' } } });
  });

  it('tells the platforms of an index', async () => {
    const place = repository();
    const pushed = await pushImage(registry(), { image: `${place}:2.0`, platforms: ['linux/amd64', 'linux/arm64'] });

    const index = await registry().manifest({ repository: place, reference: '2.0' });

    expect(index !== 'absent' && index.manifests.map(({ platform, digest }) => [platform, digest])).toEqual(
      Object.entries(pushed.platforms),
    );
  });

  it('says absent of what is not there', async () => {
    const place = repository();
    await pushImage(registry(), { image: `${place}:1.0` });
    const digest = digestOfBytes(Buffer.from('nothing'));

    expect(await registry().manifest({ repository: place, reference: 'none' })).toBe('absent');
    expect(await registry().manifest({ repository: place, reference: digest })).toBe('absent');
    expect(await registry().blob({ repository: place, digest, maxBytes: 10 })).toBe('absent');
  });

  it('refuses content that is longer than it was asked to take', async () => {
    const place = repository();
    const digest = await registry().pushBlob(place, Buffer.alloc(2048, 'x'));

    await expect(registry().blob({ repository: place, digest, maxBytes: 1024 })).rejects.toMatchObject({ code: 'registry-too-large' });
  });

  it('pushes content that is there already a second time', async () => {
    const place = repository();
    const content = Buffer.from('twice');

    expect(await registry().pushBlob(place, content)).toBe(await registry().pushBlob(place, content));
  });
}

function lists({ registry, repository }: Suite): void {
  it('lists tags', async () => {
    const place = repository();
    for (const tag of ['a', 'b', 'c']) await pushImage(registry(), { image: `${place}:${tag}` });

    expect(await registry().tags(place)).toEqual(['a', 'b', 'c']);
  });

  it('lists what refers to an image, whether or not it has an API for that', async () => {
    const place = repository();
    const image = await pushImage(registry(), { image: `${place}:1.0` });
    const config = Buffer.from('{}');
    const empty = {
      mediaType: 'application/vnd.oci.empty.v1+json',
      digest: await registry().pushBlob(place, config),
      size: config.length,
    };
    const subject = { mediaType: imageType, digest: image.digest, size: 1 };
    const text = JSON.stringify({
      schemaVersion: 2,
      mediaType: imageType,
      artifactType: 'text/x',
      config: empty,
      layers: [empty],
      subject,
    });
    const digest = await registry().pushManifest({ repository: place }, { mediaType: imageType, bytes: Buffer.from(text) });

    const found = await registry().referrers({ repository: place, digest: image.digest });

    expect(found.map((entry) => entry.digest)).toEqual([digest]);
    expect(await registry().referrers({ repository: place, digest })).toEqual([]);
  });
}
