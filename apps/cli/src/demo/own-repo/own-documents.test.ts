import { readEnvironment, readProfile, readReleaseManifest, readService, readValidationPhase } from '@fairlead/domain';
import { expect, it } from 'vitest';
import { ownDocuments } from './own-documents.ts';
import { ownRelease } from './own-release.ts';
import { noComponent, type OwnService } from './own-service.ts';

const service: OwnService = {
  name: 'shop',
  environment: 'dev',
  repository: 'https://sandbox.invalid/shop',
  path: 'overlays/dev',
  components: [{ name: 'web', repository: 'registry.example.com/web', digest: `sha256:${'a'.repeat(64)}`, assumedFor: [] }],
  thirdPartyImages: [],
  namespaces: { destination: 'shop-dev', all: ['default', 'shop-dev'], brought: [] },
  application: { name: 'shop-dev', namespace: 'argocd' },
};

const readers = { service: readService, environments: readEnvironment, profiles: readProfile, validations: readValidationPhase } as const;

it('writes documents that Fairlead reads without a word', () => {
  const read = [...ownDocuments(service)].map(([path, text]) => {
    const [, kind] = /^\.fairlead\/(service|environments|profiles|validations)/.exec(path) ?? [];
    const reader = Object.entries(readers).find(([name]) => name === kind)?.[1];
    return reader?.(text, path).kind;
  });

  expect(read).toEqual(['ok', 'ok', 'ok', 'ok']);
});

it("owns the namespace that it delivers to, and none of the cluster's own", () => {
  const owned = (of: OwnService): readonly unknown[] => {
    const read = readEnvironment(ownDocuments(of).get('.fairlead/environments/dev.yaml') ?? '', 'dev.yaml');
    return read.kind === 'ok' ? read.value.spec.namespaces.map(({ name, owned: is }) => [name, is]) : [];
  };

  expect(owned(service)).toEqual([
    ['default', false],
    ['shop-dev', true],
  ]);
  expect(owned({ ...service, namespaces: { destination: 'default', all: ['default'], brought: [] } })).toEqual([['default', false]]);
});

it.each([
  ['the images of the overlay', service],
  ['what stands for no image at all', { ...service, components: [noComponent] }],
])('makes a release of %s', (_, of) => {
  const { manifest } = ownRelease(of, { commit: 'b'.repeat(40), committedAt: '2026-11-20T10:00:00Z', version: 'demo-1' });

  const read = readReleaseManifest(manifest, 'demo-1.yaml');
  expect(read.kind === 'ok' && read.value.components.map(({ name }) => name)).toEqual(of.components.map(({ name }) => name));
});
