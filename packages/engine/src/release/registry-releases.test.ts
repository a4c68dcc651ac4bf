import { createRelease, encodeUtf8, ImageRepository } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { memoryRegistry } from '../testing/memory-registry.ts';
import { pullRelease, pushRelease, type ReleaseText } from './registry-releases.ts';

const repository = ImageRepository.parse('r.example.com/shop/releases');

function release(): ReleaseText {
  const created = createRelease(
    {
      metadata: { service: 'shop', version: '1', createdAt: '2026-11-23T10:00:00Z' },
      source: { repository: 'https://git.example.com/shop', commit: 'a'.repeat(40), ref: 'refs/heads/main' },
      components: [{ name: 'web', image: { repository: 'r.example.com/web', digest: `sha256:${'c'.repeat(64)}` } }],
    },
    'release.yaml',
  );
  if (created.kind === 'invalid') throw new Error(JSON.stringify(created.problems));
  return created;
}

describe('a release in a registry', () => {
  it('comes back byte for byte, at an address that follows from its content', async () => {
    const registry = memoryRegistry();
    const { text, digest } = release();

    const [uri, again] = [
      await pushRelease(registry, { repository, tag: '1' }, release()),
      await pushRelease(registry, { repository }, release()),
    ];
    const pulled = await pullRelease(registry, { repository, tag: '1' });

    expect(uri).toBe(again);
    expect(pulled).toMatchObject({ uri, text, read: { kind: 'ok', digest } });
    const pinned = await pullRelease(registry, { repository, digest: uri.split('@')[1] ?? '' });
    expect(pinned).toMatchObject({ uri, text });
  });

  it('is unknown where there is nothing, or something else', async () => {
    const registry = memoryRegistry();
    registry.addImage(`${repository}:image`);

    await expect(pullRelease(registry, { repository, tag: 'none' })).rejects.toThrow(`the registry has no oci://${repository}:none`);
    await expect(pullRelease(registry, { repository, tag: 'image' })).rejects.toThrow(`oci://${repository}:image is no release`);
  });

  it('that is no manifest is said to be none', async () => {
    const registry = memoryRegistry();
    const digest = await registry.pushBlob(repository, encodeUtf8('kind: Nothing\n'));
    const layers = [{ mediaType: 'application/vnd.fairlead.release-manifest.v1+yaml', digest, size: 1 }];
    await registry.pushManifest({ repository, tag: 'x' }, { mediaType: 'application/json', bytes: encodeUtf8(JSON.stringify({ layers })) });

    expect((await pullRelease(registry, { repository, tag: 'x' })).read.kind).toBe('invalid');
  });
});
