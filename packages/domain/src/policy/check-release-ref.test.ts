import { describe, expect, it } from 'vitest';
import { RepoPath } from '../document/repo-path.ts';
import { printReleaseManifestRef, readReleaseManifestRef } from '../release/release-manifest-ref.ts';
import { readReleaseManifest } from '../release/release-manifest.ts';
import { referTo } from '../release/release-file.ts';
import { checkReleaseRef, type ReferenceToCheck } from './check-release-ref.ts';

const file = RepoPath.parse('environments/dev/release-manifest.ref');

function manifestOf(service = 'shop') {
  const read = readReleaseManifest(
    `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: ${service}, version: 1.2.0, createdAt: 2026-01-01T00:00:00Z }
source: { repository: https://git.example.com/shop, commit: ${'a'.repeat(40)}, ref: refs/heads/main }
components: [{ name: web, image: { repository: r.example.com/web, digest: "sha256:${'b'.repeat(64)}" } }]
`,
    'release.yaml',
  );
  if (read.kind === 'invalid') throw new Error('the fixture is wrong');
  return read;
}

function reference(edit: (text: string) => string = (text) => text): ReferenceToCheck {
  const { value, digest } = manifestOf();
  const ref = readReleaseManifestRef(edit(printReleaseManifestRef(referTo(value))), file);
  if (ref.kind === 'invalid') throw new Error(JSON.stringify(ref.problems));
  return { service: 'shop', ref: ref.value, file, lines: ref.lines, manifest: { kind: 'found', value, digest }, known: ['1.1.0', '1.2.0'] };
}

const shown = (checked: ReferenceToCheck): readonly string[] =>
  checkReleaseRef(checked).map(({ rule, line, pointer }) => `${rule} ${String(line)} ${pointer}`);

describe('checkReleaseRef', () => {
  it('finds nothing where reference and manifest agree', () => {
    expect(checkReleaseRef(reference())).toEqual([]);
  });

  it('names a release that is not there, and those that are', () => {
    const [fault] = checkReleaseRef({ ...reference(), manifest: { kind: 'absent' } });

    expect(fault).toMatchObject({ rule: 'release-unknown', line: 8, file });
    expect(fault?.fix).toContain('1.1.0, 1.2.0');
  });

  it('names a digest that the manifest does not have', () => {
    expect(shown(reference((text) => text.replace(/release: sha256:[0-9a-f]{64}/, `release: sha256:${'c'.repeat(64)}`)))).toEqual([
      'release-digest-mismatch 4 /release',
    ]);
  });

  it.each([
    [
      'another service',
      (text: string) => text.replace('service: shop', 'service: market'),
      ['release-ref-invalid 3 /service', 'release-ref-invalid 8 /manifest'],
    ],
    ['another commit', (text: string) => text.replace('a'.repeat(40), 'b'.repeat(40)), ['release-ref-invalid 7 /source/commit']],
    ['another repository', (text: string) => text.replace('com/shop', 'com/fork'), ['release-ref-invalid 6 /source/repository']],
  ])('names %s', (_, edit, found) => {
    expect(shown(reference(edit))).toEqual(found);
  });

  it.each(['elsewhere', 'invalid'] as const)('leaves the rest open where the manifest is %s', (kind) => {
    expect(checkReleaseRef({ ...reference(), manifest: { kind } })).toEqual([]);
  });
});
