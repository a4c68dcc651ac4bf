import { describe, expect, it } from 'vitest';
import { diffReleases } from './diff-releases.ts';
import { ReleaseManifest } from './release-manifest.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

const before = {
  apiVersion: 'fairlead.dev/v1',
  kind: 'ReleaseManifest',
  metadata: { service: 'pc', version: '1', createdAt: '2026-11-23T10:00:00Z' },
  source: { repository: 'https://git.example.com/pc', commit: 'a'.repeat(40), ref: 'refs/heads/main' },
  components: [
    { name: 'api', image: { repository: 'api', digest: digest('1') } },
    { name: 'web', image: { repository: 'web', digest: digest('1') } },
  ],
  schema: { id: 's-1' },
} as const;

describe('the difference of two releases', () => {
  it('is none of a release to itself, whatever the order', () => {
    const other = { ...before, components: before.components.toReversed() };

    expect(diffReleases(ReleaseManifest.parse(before), ReleaseManifest.parse(other))).toEqual([]);
  });

  it('names what came, went and changed, identity first', () => {
    const after = {
      ...before,
      metadata: { ...before.metadata, version: '2' },
      components: [
        { name: 'api', image: { repository: 'api', digest: digest('2') } },
        { name: 'worker', image: { repository: 'worker', digest: digest('1') } },
      ],
      schema: { id: 's-1', migrations: [{ id: 'm-1', kind: 'stateful', reversible: false }] },
    };

    expect(diffReleases(ReleaseManifest.parse(before), ReleaseManifest.parse(after))).toEqual([
      { part: 'version', before: '1', after: '2' },
      { part: 'component', name: 'api', before: `api@${digest('1')}`, after: `api@${digest('2')}` },
      { part: 'component', name: 'web', before: `web@${digest('1')}` },
      { part: 'component', name: 'worker', after: `worker@${digest('1')}` },
      { part: 'migration', name: 'm-1', after: '{"id":"m-1","kind":"stateful","reversible":false}' },
    ]);
  });
});
