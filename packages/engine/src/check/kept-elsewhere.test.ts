import { createRelease, encodeUtf8, ImageRepository } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { pushRelease } from '../release/registry-releases.ts';
import { memoryRegistry } from '../testing/memory-registry.ts';
import { keptElsewhere } from './kept-elsewhere.ts';

const repository = ImageRepository.parse('r.example.com/shop/releases');
const nothing = `sha256:${'0'.repeat(64)}`;

describe('a manifest that a registry keeps', () => {
  it('is found by its address', async () => {
    const registry = memoryRegistry();
    const created = createRelease(
      {
        metadata: { service: 'shop', version: '1', createdAt: '2026-11-23T10:00:00Z' },
        source: { repository: 'https://git.example.com/shop', commit: 'a'.repeat(40), ref: 'refs/heads/main' },
        components: [{ name: 'web', image: { repository: 'r.example.com/web', digest: nothing } }],
      },
      'release.yaml',
    );
    if (created.kind === 'invalid') throw new Error(JSON.stringify(created.problems));
    const uri = await pushRelease(registry, { repository }, created);

    expect(await keptElsewhere(registry, uri)).toEqual({ kind: 'found', value: created.manifest, digest: created.digest });
  });

  it('is absent where there is none, and invalid where it is no manifest', async () => {
    const registry = memoryRegistry();
    const digest = await registry.pushBlob(repository, encodeUtf8('kind: Nothing\n'));
    const layers = [{ mediaType: 'application/vnd.fairlead.release-manifest.v1+yaml', digest, size: 1 }];
    const odd = await registry.pushManifest(
      { repository },
      { mediaType: 'application/json', bytes: encodeUtf8(JSON.stringify({ layers })) },
    );

    expect(await keptElsewhere(registry, `oci://${repository}@${nothing}`)).toEqual({ kind: 'absent' });
    expect(await keptElsewhere(registry, `oci://${repository}@${odd}`)).toEqual({ kind: 'invalid' });
    expect(await keptElsewhere(registry, 'oci://Nowhere At All')).toEqual({ kind: 'absent' });
  });
});
