import { Digest, type JsonObject, type RepoPath } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import type { Renderer } from '../ports/renderer.ts';
import { memoryTree } from '../testing/memory-tree.ts';
import { surveyRepository, type Survey, type SurveyRequest } from './survey-repository.ts';

const facts = {
  name: 'shop',
  repository: 'https://git.example.com/shop',
  isRepositoryGuess: false,
  refs: ['refs/heads/main'],
  owner: 'ada',
};

/** Renders each folder to one Deployment of an image that is called after it. */
const renderer: Renderer = {
  render(path: RepoPath | '') {
    const containers = [{ name: 'web', image: `registry.example.com/${path.split('/').at(-2) ?? 'web'}:1` }];
    const object: JsonObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { template: { spec: { containers } } },
    };
    return Promise.resolve({
      kind: 'rendered',
      yaml: '',
      objects: [object],
      inputs: [],
      versions: {},
      digest: Digest.parse(`sha256:${'0'.repeat(64)}`),
    });
  },
};

const overlay = 'resources: [../base]\n';

function survey(files: Readonly<Record<string, string>>, request: Partial<SurveyRequest> = {}): Promise<Survey> {
  return surveyRepository({ renderer }, { files: memoryTree(files), path: '', chosen: [], tiers: new Map(), facts, ...request });
}

const declared = `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: shop }
spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [dev]
  components: [{ name: web, image: registry.example.com/web }]
`;
const environment = `apiVersion: fairlead.dev/v1
kind: Environment
metadata: { name: dev }
spec:
  tier: dev
  path: overlays/dev
  profile: dev
  delivery: { controller: argocd, targets: [{ cluster: c, namespace: argocd, application: a }] }
`;
const profile = 'apiVersion: fairlead.dev/v1\nkind: Profile\nmetadata: { name: dev }\nspec: {}\n';

describe('surveyRepository', () => {
  it('proposes a service for each folder of overlays, called after it', async () => {
    const { services } = await survey({
      'apps/web/overlays/dev/kustomization.yaml': overlay,
      'apps/web/overlays/base/kustomization.yaml': 'resources: []\n',
      'apps/web/overlays/prod/kustomization.yaml': overlay,
      'apps/db/overlays/dev/kustomization.yaml': 'resources: []\n',
    });

    expect(services.map(({ name, root, environments }) => [name, root, environments.map(({ path }) => path)])).toEqual([
      ['db', 'apps/db', ['overlays/dev']],
      ['web', 'apps/web', ['overlays/dev', 'overlays/prod']],
    ]);
  });

  it('finds the Application that delivers a folder', async () => {
    const application =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web }\nspec: { source: { path: env/dev } }\n';

    const { services } = await survey({ 'env/dev/kustomization.yaml': 'resources: []\n', 'argocd/web.yaml': application });

    expect(services[0]?.environments[0]?.target).toMatchObject({ name: 'web', isGuess: false });
  });

  it('takes what a person says of a tier and of where to look', async () => {
    const files = { 'one/kustomization.yaml': 'resources: []\n', 'two/kustomization.yaml': 'resources: []\n' };

    const { services, unknown } = await survey(files, { chosen: ['two', 'three'], tiers: new Map([['two', 'production']]) });

    expect(services.flatMap(({ environments }) => environments)).toMatchObject([{ path: 'two', tier: 'production', isNamed: true }]);
    expect(unknown).toEqual(['three']);
  });

  it('says of a service root that is there what it lacks, and proposes nothing in its place', async () => {
    const { services, existing } = await survey({
      '.fairlead/service.yaml': declared,
      '.fairlead/environments/dev.yaml': environment,
      '.fairlead/profiles/dev.yaml': profile,
      'overlays/dev/kustomization.yaml': 'resources: []\n',
      'overlays/qa/kustomization.yaml': 'resources: []\n',
    });

    expect(services).toEqual([]);
    expect(existing.map(({ missing, undeclared }) => [[...missing.keys()], undeclared])).toEqual([
      [['.fairlead/policies/default.yaml', '.fairlead/controls.yaml'], ['overlays/qa']],
    ]);
  });

  it('names charts, but no chart of a chart', async () => {
    const { charts } = await survey({ 'chart/Chart.yaml': 'name: a\n', 'chart/charts/sub/Chart.yaml': 'name: b\n' });

    expect(charts).toEqual(['chart']);
  });
});
