import { describe, expect, it } from 'vitest';
import { RepoPath } from '../document/repo-path.ts';
import { printReleaseManifestRef, readReleaseManifestRef } from '../release/release-manifest-ref.ts';
import { referTo } from '../release/release-file.ts';
import { ReleaseManifest } from '../release/release-manifest.ts';
import { readService } from '../service/service.ts';
import { checkReleaseSource, type SourceToCheck } from './check-release-source.ts';

const repository = 'https://git.example.com/shop';
const manifest = {
  apiVersion: 'fairlead.dev/v1',
  kind: 'ReleaseManifest',
  metadata: { service: 'shop', version: '1.0', createdAt: '2026-11-23T10:00:00Z' },
  source: { repository, commit: 'a'.repeat(40), ref: 'refs/heads/main' },
  components: [{ name: 'web', image: { repository: 'r.example.com/web', digest: `sha256:${'b'.repeat(64)}` } }],
} as const;

function judge(more: Partial<Pick<SourceToCheck, 'tier' | 'contained'>>, changed: object = {}): readonly string[] {
  const service = readService(
    `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: shop }
spec:
  repository: ${repository}
  source: { refs: [refs/heads/main, refs/heads/release] }
  environments: [prod]
  components: [{ name: web, image: r.example.com/web }]
`,
    'service.yaml',
  );
  const release = ReleaseManifest.parse({ ...manifest, ...changed });
  const ref = readReleaseManifestRef(printReleaseManifestRef(referTo(release)), 'release-manifest.ref');
  if (service.kind === 'invalid' || ref.kind === 'invalid') throw new Error('the fixture is wrong');
  const file = RepoPath.parse('prod/release-manifest.ref');
  const question = {
    service: service.value,
    tier: 'production',
    manifest: release,
    file,
    lines: ref.lines,
    contained: true,
    ...more,
  } as const;
  return checkReleaseSource(question).map(({ rule, pointer, message }) => `${rule} ${pointer} ${message}`);
}

describe('a release', () => {
  it.each([[true], ['unknown']] as const)('from the declared repository passes where it is contained: %s', (contained) => {
    expect(judge({ contained })).toEqual([]);
  });

  it('of a commit that no protected ref has is found', () => {
    expect(judge({ contained: false })).toEqual([
      `release-source /source/commit commit ${'a'.repeat(40)} of release 1.0 is on none of the refs that service shop is released from: refs/heads/main, refs/heads/release`,
    ]);
  });

  it('of another repository is found, wherever its commit is', () => {
    const source = { ...manifest.source, repository: 'https://git.example.com/fork' };

    expect(judge({ contained: true }, { source })).toEqual([
      `release-source /source/repository release 1.0 was built from https://git.example.com/fork, service shop is released from ${repository}`,
    ]);
  });

  it('that was captured does not go to production', () => {
    const metadata = { ...manifest.metadata, captured: true };

    expect(judge({}, { metadata })).toEqual(['release-source /release release 1.0 was captured from what runs, not made by a build']);
    expect(judge({ tier: 'staging' }, { metadata })).toEqual([]);
  });
});
