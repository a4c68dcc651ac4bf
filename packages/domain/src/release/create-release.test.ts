import { describe, expect, it } from 'vitest';
import { createRelease, printReleaseManifest, type ReleaseInput } from './create-release.ts';
import { referTo, releaseFileName } from './release-file.ts';
import { printReleaseManifestRef, readReleaseManifestRef, ReleaseManifestRef } from './release-manifest-ref.ts';
import { readReleaseManifest } from './release-manifest.ts';

const digest = `sha256:${'a'.repeat(64)}`;

const input: ReleaseInput = {
  metadata: { service: 'pc', version: '1.40', createdAt: '2026-11-23T10:00:00Z' },
  source: { repository: 'https://git.example.com/pc', commit: '1234567890123456789012345678901234567890', ref: 'refs/heads/main' },
  components: [
    { name: 'web', image: { repository: 'r.example.com/web', digest } },
    { name: 'api', image: { repository: 'r.example.com/api', digest, platforms: { 'linux/amd64': digest } } },
  ],
};

const migrations = [
  { id: 'm-2', kind: 'stateful', reversible: false },
  { id: 'm-1', kind: 'stateless', reversible: true, component: 'api' },
] as const;

const artifacts = [
  { name: 'sbom', type: 'sbom', uri: `oci://r.example.com/sbom@${digest}`, digest },
  { name: 'base', type: 'kustomize-base', path: 'deploy/base', digest },
] as const;

const full: ReleaseInput = {
  ...input,
  schema: { id: 's-2', migrations },
  seeds: { id: '12' },
  profiles: { prod: { minCount: 3, yes: 'no', quoted: '1.0' } },
  artifacts,
};

describe('a created release', () => {
  it('is a manifest in the schema’s order, sorted, with quotes only where YAML needs them', () => {
    const created = createRelease(input, 'release.yaml');

    if (created.kind !== 'created') throw new Error(JSON.stringify(created.problems));
    expect(created.text).toBe(`apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata:
  service: pc
  version: "1.40"
  createdAt: 2026-11-23T10:00:00Z
source:
  repository: https://git.example.com/pc
  commit: "1234567890123456789012345678901234567890"
  ref: refs/heads/main
components:
  - name: api
    image:
      repository: r.example.com/api
      digest: ${digest}
      platforms:
        linux/amd64: ${digest}
  - name: web
    image:
      repository: r.example.com/web
      digest: ${digest}
`);
  });

  it('reads back to the same value and digest', () => {
    const created = createRelease(full, 'release.yaml');

    if (created.kind !== 'created') throw new Error(JSON.stringify(created.problems));
    expect(readReleaseManifest(created.text, 'release.yaml')).toMatchObject({
      kind: 'ok',
      value: created.manifest,
      digest: created.digest,
    });
  });

  it('is the same whatever the order of its parts', () => {
    const { components, ...rest } = full;
    const turned: ReleaseInput = {
      ...rest,
      artifacts: artifacts.toReversed(),
      schema: { migrations: migrations.toReversed(), id: 's-2' },
      components: components.toReversed(),
    };

    expect(createRelease(turned, 'release.yaml')).toEqual(createRelease(full, 'release.yaml'));
  });

  it('keeps a schema without migrations as it is', () => {
    const created = createRelease({ ...input, schema: { id: 's-1' } }, 'release.yaml');

    expect(created).toMatchObject({ kind: 'created', manifest: { schema: { id: 's-1' } } });
  });

  it('is refused with all problems of its content', () => {
    const twice = { ...input, metadata: { ...input.metadata, version: '' }, components: [...input.components, ...input.components] };

    const created = createRelease(twice, 'release.yaml');

    expect(created).toMatchObject({
      kind: 'invalid',
      problems: [
        { file: 'release.yaml', pointer: '/metadata/version', line: 5 },
        { pointer: '/components/1/name', message: 'components[1].name: component "api" is given twice' },
        { pointer: '/components/3/name' },
      ],
    });
  });

  it('prints the same however the value was put together', () => {
    const created = createRelease(full, 'release.yaml');

    if (created.kind !== 'created') throw new Error(JSON.stringify(created.problems));
    const { apiVersion, ...rest } = created.manifest;
    expect(printReleaseManifest({ ...rest, apiVersion })).toBe(created.text);
  });
});

describe('a reference to a release', () => {
  const created = createRelease(input, 'release.yaml');
  if (created.kind !== 'created') throw new Error(JSON.stringify(created.problems));
  const { manifest, digest: release } = created;
  const path = `releases/pc/${release.replace(':', '-')}.yaml`;

  it('names the release, its source and its file', () => {
    const text = printReleaseManifestRef(referTo(manifest));

    expect(text).toBe(`apiVersion: fairlead.dev/v1
kind: ReleaseManifestRef
service: pc
release: ${release}
source:
  repository: https://git.example.com/pc
  commit: "1234567890123456789012345678901234567890"
manifest: ${path}
`);
    expect(readReleaseManifestRef(text, 'release-manifest.ref')).toMatchObject({ kind: 'ok', value: referTo(manifest) });
    expect(releaseFileName(manifest.metadata.service, release)).toBe(path);
  });

  it('prints the same whatever the order of its fields', () => {
    const { manifest: place, ...rest } = referTo(manifest);

    expect(printReleaseManifestRef({ manifest: place, ...rest })).toBe(printReleaseManifestRef(referTo(manifest)));
  });

  it('may point into a registry', () => {
    const text = printReleaseManifestRef(referTo(manifest)).replace(path, `oci://r.example.com/releases@${release}`);

    expect(readReleaseManifestRef(text, 'release-manifest.ref').kind).toBe('ok');
  });

  it.each([
    ['../elsewhere.yaml', `manifest: path "../elsewhere.yaml" must be relative, '/'-separated and stay inside its root`],
    [
      'oci://r.example.com/releases:1.0',
      `manifest: path "oci://r.example.com/releases:1.0" must be relative, '/'-separated and stay inside its root`,
    ],
  ])('may not point to %s', (place, message) => {
    const text = printReleaseManifestRef(referTo(manifest)).replace(path, place);

    expect(readReleaseManifestRef(text, 'release-manifest.ref')).toMatchObject({ kind: 'invalid', problems: [{ line: 8, message }] });
  });

  it('names exactly one release', () => {
    const text = printReleaseManifestRef(referTo(manifest));

    expect(readReleaseManifestRef(`${text}release: ${digest}\n`, 'a')).toMatchObject({
      kind: 'invalid',
      problems: [{ code: 'duplicate-key' }],
    });
    expect(ReleaseManifestRef.safeParse({ ...referTo(manifest), release: [release, digest] }).success).toBe(false);
  });
});
