import { describe, expect, it } from 'vitest';
import { readReleaseManifest, releaseDigest } from './release-manifest.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const commit = '9f2c5d6e7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d';

const manifest = `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: platform-control, version: 1.40, createdAt: 2026-11-23T10:00:00Z }
source:
  repository: https://git.example.com/gpuaas/platform-control
  commit: ${commit}
  ref: refs/heads/main
components:
  - name: api
    image:
      repository: registry.example.com/platform-control/api
      digest: ${digest}
      platforms: { linux/amd64: ${other}, linux/arm64/v8: ${other} }
  - name: web
    image: { repository: registry.example.com:5000/platform-control/web, digest: ${other} }
schema:
  id: pc-schema-0187
  migrations:
    - { id: 0187-add-quota, kind: stateful, reversible: false, component: api, run: external, order: before }
    - { id: 0188, kind: stateless, reversible: true }
seeds: { id: pc-seed-12 }
profiles: { dev-control-rke2: { minCount: 1 }, prod: { minCount: 3 } }
artifacts:
  - { name: base, type: kustomize-base, path: deploy/base, digest: ${digest} }
  - { name: sbom-api, type: sbom, uri: 'oci://registry.example.com/sbom@${other}', digest: ${other}, mediaType: application/vnd.cyclonedx+json }
`;

function problemsIn(text: string): readonly string[] {
  const parsed = readReleaseManifest(text, 'release.yaml');
  return parsed.kind === 'ok' ? [] : parsed.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

/** The manifest with one piece of text replaced. */
function but(from: string, to: string): string {
  expect(manifest).toContain(from);
  return manifest.replace(from, to);
}

describe('a release manifest', () => {
  it('is read as it is written, and its digest follows from its value', () => {
    const parsed = readReleaseManifest(manifest, 'release.yaml');

    if (parsed.kind !== 'ok') throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.value.metadata.version).toBe('1.40');
    expect(parsed.value.schema?.migrations?.map(({ id }) => id)).toEqual(['0187-add-quota', '0188']);
    expect(releaseDigest(parsed.value)).toBe(parsed.digest);
  });

  it('keeps a commit of digits alone and one that looks like a float', () => {
    for (const sha of ['1234567890123456789012345678901234567890', '12e4567890123456789012345678901234567890']) {
      const parsed = readReleaseManifest(but(commit, sha), 'release.yaml');
      expect(parsed).toMatchObject({ kind: 'ok', value: { source: { commit: sha } } });
    }
  });

  it('needs no schema, seeds, profiles, artifacts or platforms', () => {
    const short = manifest.slice(0, manifest.indexOf('schema:')).replace(/ +platforms.*\n/, '');

    expect(problemsIn(short)).toEqual([]);
  });

  it('may say that it was captured from what runs', () => {
    expect(problemsIn(but('Z }', 'Z, captured: true }'))).toEqual([]);
    expect(problemsIn(but('Z }', 'Z, captured: false }'))).toEqual(['3: metadata.captured: expected true, found false']);
  });

  it.each(['apiVersion', 'metadata', 'source', 'components'])('needs %s', (field) => {
    const without = manifest.replace(new RegExp(`^${field}:.*\\n(?: .*\\n)*`, 'm'), '');

    expect(problemsIn(without)).not.toEqual([]);
  });

  it.each(['service', 'version', 'createdAt', 'repository', 'commit', 'ref', 'name', 'digest', 'type'])('names a missing %s', (field) => {
    const misspelt = manifest.replace(`${field}: `, `x${field}: `);

    expect(problemsIn(misspelt)).toContainEqual(expect.stringMatching(new RegExp(`[.]${field} is missing$`)));
  });
});

describe('refused:', () => {
  const image = 'registry.example.com/platform-control/api';
  const repository = 'expected an image repository without tag or digest';
  const url = 'expected a repository URL without credentials: https://, ssh://, user@host:path or file:///';
  const when = 'expected a time as in 2026-11-23T10:00:00Z (RFC 3339, UTC)';
  const ref = 'expected a full ref such as refs/heads/main';

  it.each([
    [
      'a tag in the repository',
      `${image}\n`,
      `${image}:1.43\n`,
      `11: components[0].image.repository: ${repository}, found "${image}:1.43"`,
    ],
    [
      'a tag beside a digest',
      `digest: ${other} }`,
      `digest: ${other}, tag: 1.43 }`,
      '15: components[1].image.tag is no field of this document',
    ],
    [
      'a digest in the repository',
      `${image}\n`,
      `${image}@${digest}\n`,
      `11: components[0].image.repository: ${repository}, found "${image}@sha256:aaaaaaaaaaa…"`,
    ],
    ['a repository in capitals', `${image}\n`, 'Api\n', `11: components[0].image.repository: ${repository}, found "Api"`],
    [
      'a short digest',
      `digest: ${other} }`,
      'digest: sha256:abc }',
      '15: components[1].image.digest: expected sha256: and 64 lower-case hexadecimal digits, found "sha256:abc"',
    ],
    ['a second component of one name', '- name: web', '- name: api', '14: components[1].name: component "api" is given twice'],
    [
      'a second digest for one platform',
      'linux/arm64/v8',
      'linux/amd64',
      '13: components[0].image.platforms["linux/amd64"] is given twice',
    ],
    [
      'a platform that is none',
      'linux/arm64/v8',
      'linux',
      '13: components[0].image.platforms.linux: expected a platform such as linux/amd64, found "linux"',
    ],
    [
      'a short commit',
      commit,
      '9f2c5d6',
      '6: source.commit: expected the full commit SHA: 40 lower-case hexadecimal digits, found "9f2c5d6"',
    ],
    [
      'a commit in capitals',
      commit,
      commit.toUpperCase(),
      `6: source.commit: expected the full commit SHA: 40 lower-case hexadecimal digits, found "${commit.toUpperCase()}"`,
    ],
    ['a short ref', 'refs/heads/main', 'main', `7: source.ref: ${ref}, found "main"`],
    [
      'a repository with credentials',
      'https://git',
      'https://me:secret@git',
      `5: source.repository: ${url}, found "https://…@git.example.com/gpuaas/platform-control"`,
    ],
    ['a time in another zone', '10:00:00Z', '10:00:00+01:00', `3: metadata.createdAt: ${when}, found "2026-11-23T10:00:00+01:00"`],
    ['a day without a time', 'T10:00:00Z', '', `3: metadata.createdAt: ${when}, found "2026-11-23"`],
    ['a day that does not exist', '11-23', '02-30', '3: metadata.createdAt: expected a moment that exists'],
    ['a month that does not exist', '11-23', '13-01', '3: metadata.createdAt: expected a moment that exists'],
    [
      'a service name in capitals',
      'service: platform',
      'service: Platform',
      '3: metadata.service: expected a service name: up to 63 lower-case letters, digits and inner hyphens, found "Platform-control"',
    ],
    [
      'a version that starts with a dash',
      '1.40',
      '-rf',
      '3: metadata.version: expected a version: up to 128 letters, digits and . _ + - after a letter or digit, found "-rf"',
    ],
    [
      'a second migration of one id',
      'id: 0188,',
      'id: 0187-add-quota,',
      '20: schema.migrations[1].id: migration "0187-add-quota" is given twice',
    ],
    [
      'a migration of an unknown component',
      'component: api',
      'component: apo',
      '19: schema.migrations[0].component: component "apo" is not in this release',
    ],
    [
      'an unknown kind of migration',
      'kind: stateful',
      'kind: statful',
      '19: schema.migrations[0].kind: expected stateful or stateless, found "statful"',
    ],
    ['a second artifact of one name', 'name: sbom-api', 'name: base', '25: artifacts[1].name: artifact "base" is given twice'],
    [
      'an artifact with a path outside',
      'deploy/base',
      '../base',
      `24: artifacts[0].path: path "../base" must be relative, '/'-separated and stay inside its root`,
    ],
    ['an artifact without a place', 'path: deploy/base, ', '', '24: artifacts[0]: artifact "base" needs exactly one of path and uri'],
    [
      'an artifact with two places',
      'deploy/base',
      "deploy/base, uri: 'https://x/y'",
      '24: artifacts[0]: artifact "base" needs exactly one of path and uri',
    ],
    [
      'an artifact pinned to another digest',
      `sbom@${other}`,
      `sbom@${digest}`,
      `25: artifacts[1].digest: artifact "sbom-api" is pinned as ${digest} but its digest is ${other}`,
    ],
    [
      'an artifact at a local address',
      'oci://registry',
      'file:///registry',
      '25: artifacts[1].uri: expected an oci:// or https:// address without credentials, found "file:///registry.',
    ],
    [
      'a media type that is none',
      'application/vnd.cyclonedx+json',
      'json',
      '25: artifacts[1].mediaType: expected a media type such as application/vnd.cyclonedx+json, found "json"',
    ],
  ])('%s', (_, from, ...[to, problem]) => {
    const problems = problemsIn(but(from, to));

    expect(problems).toHaveLength(1);
    expect(problems[0]?.slice(0, problem.length)).toBe(problem);
  });

  it('no component at all', () => {
    expect(problemsIn(manifest.replace(/components:\n(?: .*\n)*/, 'components: []\n'))).toContain(
      '8: components: expected 1 or more entries, found 0',
    );
  });

  it('everything that is wrong at once', () => {
    const text = but('- name: web', '- name: api')
      .replace(commit, '9f2c')
      .replace(`digest: ${digest}`, 'digest: latest')
      .replace('seeds', 'seed');

    expect(problemsIn(text).map((problem) => problem.split(':')[0])).toEqual(['6', '12', '14', '21']);
  });
});
