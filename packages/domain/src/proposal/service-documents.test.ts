import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { readAnyDocument } from '../document/read-any-document.ts';
import { groupOverlays } from './group-overlays.ts';
import { proposeService, type OverlayContent } from './propose-service.ts';
import type { ProposedService } from './proposed-service.ts';
import { serviceDocuments } from './service-documents.ts';

const facts = {
  name: 'shop',
  repository: 'https://git.example.com/shop',
  isRepositoryGuess: false,
  refs: ['refs/heads/main'],
  owner: 'ada',
  controller: 'argocd',
} as const;

function deployment(image: string, namespace?: string): JsonObject {
  const metadata = { name: 'web', ...(namespace === undefined ? {} : { namespace }) };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template: { spec: { containers: [{ name: 'web', image }] } } } };
}

function proposed(contents: Readonly<Record<string, OverlayContent>>, root = ''): ProposedService {
  const group = groupOverlays(Object.keys(contents), 'found').services.find((service) => service.root === root);
  if (group === undefined) throw new Error('there is no such service');
  return proposeService({ group, facts, contents: new Map(Object.entries(contents)) });
}

const web = (...objects: readonly JsonObject[]): OverlayContent => ({ objects, entries: [] });

describe('a proposed service', () => {
  it('goes from one environment to the next', () => {
    const content = web(deployment('registry.example.com/web:1'));
    const { environments } = proposed({
      'env/dev': content,
      'env/qa': content,
      'env/staging': content,
      'env/prod-eu': content,
      'env/prod-us': content,
    });

    expect(environments.map(({ name, after }) => [name, after])).toEqual([
      ['dev', []],
      ['qa', []],
      ['staging', ['qa']],
      ['prod-eu', ['staging']],
      ['prod-us', ['staging']],
    ]);
  });

  it('keeps parts that are delivered by themselves in lines of their own', () => {
    const { environments } = proposed({ 'dev/web': web(), 'dev/db': web(), 'prod/web': web(), 'prod/db': web() });

    expect(environments.map(({ name, after }) => [name, after])).toEqual([
      ['dev-db', []],
      ['dev-web', []],
      ['prod-db', ['dev-db']],
      ['prod-web', ['dev-web']],
    ]);
  });

  it('requires the components that every environment runs', () => {
    const { components } = proposed({
      'env/dev': web(deployment('registry.example.com/web:1'), deployment('mailhog:1')),
      'env/prod': web(deployment('registry.example.com/web:2', 'shop')),
      'env/qa': { objects: [], entries: [], notRendered: 'no such file' },
    });

    expect(components).toEqual([
      { name: 'mailhog', image: 'mailhog', required: false },
      { name: 'web', image: 'registry.example.com/web', required: true },
    ]);
  });

  it('believes the repository about what delivers an environment', () => {
    const { environments } = proposed({
      'env/dev': { ...web(), target: { controller: 'flux', namespace: 'flux-system', name: 'apps' } },
      'env/prod': web(),
    });

    expect(environments.map(({ target }) => [target.controller, target.name, target.isGuess])).toEqual([
      ['flux', 'apps', false],
      ['argocd', 'shop-prod', true],
    ]);
  });

  it('lists namespaces and secret stores that are used', () => {
    const secret = {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } },
    };
    const { environments } = proposed({ 'env/dev': web(secret, secret) });

    expect(environments).toMatchObject([
      { namespaces: [{ name: 'shop', owned: false }], secretStores: [{ kind: 'ClusterSecretStore', name: 'vault' }] },
    ]);
  });
});

describe('the documents of a service root', () => {
  it.each<[string, ProposedService]>([
    ['what was found', proposed({ 'env/dev': web(deployment('registry.example.com/web:1', 'shop')), 'env/prod': web() })],
    ['nothing but folders', proposed({ one: web(), two: { objects: [], entries: [], notRendered: 'broken' } })],
    ['a root below the top', proposed({ 'apps/web/overlays/dev': web(), 'apps/db/overlays/dev': web() }, 'apps/web')],
  ])('can be read, for %s', (_, service) => {
    const problems = [...serviceDocuments(service)].flatMap(([file, text]) => {
      const read = readAnyDocument(text, file);
      return read.kind === 'invalid' ? read.problems : [];
    });

    expect(problems).toEqual([]);
  });

  it('begin with what editors need, and name their guesses', () => {
    const documents = serviceDocuments(proposed({ one: web() }));
    const text = documents.get('.fairlead/environments/one.yaml') ?? '';

    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=https://fairlead.dev/schemas/v1/Environment.schema.json');
    expect(text).toContain('# Correct tier');
    expect(text).toContain('# Correct delivery');
    expect(documents.get('.fairlead/service.yaml')).toContain('# Correct components: no image of a workload was found.');
  });
});
