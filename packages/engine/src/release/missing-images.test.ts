import { createRelease, type ReleaseManifest } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { memoryRegistry } from '../testing/memory-registry.ts';
import { missingImages } from './missing-images.ts';

const other = `sha256:${'0'.repeat(64)}`;

function release(digest: string, platforms?: Readonly<Record<string, string>>): ReleaseManifest {
  const created = createRelease(
    {
      metadata: { service: 'shop', version: '1', createdAt: '2026-11-23T10:00:00Z' },
      source: { repository: 'https://git.example.com/shop', commit: 'a'.repeat(40), ref: 'refs/heads/main' },
      components: [{ name: 'web', image: { repository: 'r.example.com/web', digest, ...(platforms === undefined ? {} : { platforms }) } }],
    },
    'release.yaml',
  );
  if (created.kind === 'invalid') throw new Error(JSON.stringify(created.problems));
  return created.manifest;
}

describe('the images of a release', () => {
  const registry = memoryRegistry();
  const digest = registry.addImage('r.example.com/web:1');

  it('that are there are not missed', async () => {
    expect(await missingImages(registry, release(digest))).toEqual([]);
    expect(await missingImages(registry, release(digest, { 'linux/amd64': digest }))).toEqual([]);
  });

  it('that are gone are named', async () => {
    expect(await missingImages(registry, release(other))).toMatchObject([
      { component: 'web', message: `component web: the registry has no r.example.com/web@${other}` },
    ]);
  });

  it('that have other platforms than the manifest says are named', async () => {
    const missing = await missingImages(registry, release(digest, { 'linux/amd64': other, 'linux/arm64': other }));

    expect(missing.map(({ message }) => message)).toEqual([
      `component web: the manifest says that platform linux/amd64 is ${other}, the image has ${digest}`,
      `component web: the manifest says that platform linux/arm64 is ${other}, the image has none`,
    ]);
  });
});
