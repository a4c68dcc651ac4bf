import { CommitSha, readReleaseManifest, readService, type Service } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { memoryTree } from '../testing/memory-tree.ts';
import { memoryRegistry } from '../testing/memory-registry.ts';
import { draftFragment, draftRelease } from './draft-release.ts';
import type { DraftRequest } from './draft-release.ts';
import type { DraftSource } from './draft-source.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

function serviceOf(): Service {
  const read = readService(
    `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: shop }
spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [dev]
  components:
    - { name: web, image: r.example.com/web }
    - { name: worker, image: r.example.com/worker, required: false }
`,
    'service.yaml',
  );
  if (read.kind === 'invalid') throw new Error('the fixture is wrong');
  return read.value;
}

const base = { 'shop/deploy/base/kustomization.yaml': 'resources: [web.yaml]\n', 'shop/deploy/base/web.yaml': 'kind: A\n' };
const committed = memoryTree(base);
const bare: DraftSource = {
  root: 'shop',
  commit: CommitSha.parse('a'.repeat(40)),
  committedAt: new Date('2026-01-02T03:04:05.600Z'),
  branch: 'refs/heads/main',
  origin: 'https://git.example.com/origin',
  isOn: () => Promise.resolve(true),
  committed,
  workingTree: committed,
};
const source: DraftSource = { ...bare, service: serviceOf() };
const request: DraftRequest = { version: '1.2.0', components: [`web=r.example.com/web@${digest('b')}`], artifacts: [] };

async function problemsOf(asked: Partial<DraftRequest>, from: DraftSource = source): Promise<readonly string[]> {
  const drafted = await draftRelease({ ...request, ...asked }, from);
  return drafted.kind !== 'invalid' ? [] : drafted.problems.map(({ flag, message }) => `${flag}: ${message}`);
}

describe('draftRelease', () => {
  it('takes from the service and the checkout what is not given', async () => {
    const drafted = await draftRelease({ ...request, schemaId: 's-1', seedId: 'd-1', artifacts: ['base=deploy/base/'] }, source);

    expect(drafted).toMatchObject({
      kind: 'created',
      manifest: {
        metadata: { service: 'shop', version: '1.2.0', createdAt: '2026-01-02T03:04:05Z' },
        source: { repository: 'https://git.example.com/shop', commit: 'a'.repeat(40), ref: 'refs/heads/main' },
        components: [{ name: 'web', image: { repository: 'r.example.com/web', digest: digest('b') } }],
        schema: { id: 's-1' },
        seeds: { id: 'd-1' },
        artifacts: [{ name: 'base', type: 'kustomize-base', path: 'deploy/base' }],
      },
    });
  });

  it('knows a chart by its Chart.yaml', async () => {
    const chart = memoryTree({ ...base, 'shop/charts/web/Chart.yaml': 'name: web\n' });

    const drafted = await draftRelease({ ...request, artifacts: ['web=charts/web'] }, { ...source, committed: chart, workingTree: chart });

    expect(drafted).toMatchObject({ kind: 'created', manifest: { artifacts: [{ name: 'web', type: 'helm-chart', path: 'charts/web' }] } });
  });

  it('prints what reads as the same release', async () => {
    const drafted = await draftRelease(request, source);
    const read = readReleaseManifest(drafted.kind === 'created' ? drafted.text : '', 'release.yaml');

    expect(read.kind === 'ok' && read.digest).toBe(drafted.kind === 'created' && drafted.digest);
  });

  it('knows a component’s repository from the service', async () => {
    expect(await problemsOf({ components: [`web=${digest('b')}`] })).toEqual([]);
    expect(await problemsOf({ service: 'shop', components: [`web=${digest('b')}`] }, bare)).toEqual([
      `--component: component web: no repository is known for ${digest('b')}`,
    ]);
  });

  it('works without a service’s document, by the origin', async () => {
    expect(await draftRelease({ ...request, service: 'shop' }, bare)).toMatchObject({
      kind: 'created',
      manifest: { source: { repository: 'https://git.example.com/origin' } },
    });
  });

  it('says everything that is wrong at once', async () => {
    const { version, ...versionless } = request;
    const { branch, origin, ...detached } = bare;
    expect([version, branch, origin]).not.toContain(undefined);

    const drafted = await draftRelease(
      { ...versionless, components: ['web=r.example.com/web:1.2.0', 'api'], artifacts: ['base=../elsewhere'] },
      detached,
    );

    expect(drafted.kind === 'invalid' && drafted.problems.map(({ message }) => message)).toEqual([
      'no service is named, and no service root lies here',
      'no version is named',
      'the checkout has no origin to name as the source',
      'no branch is checked out to name as the source',
      'component web: r.example.com/web:1.2.0 has a tag, which decides nothing',
      '"api" names no component',
      'artifact base: "../elsewhere" does not stay inside the service root',
    ]);
  });

  it.each([
    [
      'a tag beside a digest',
      `web=r.example.com/web:1@${digest('b')}`,
      `--component: component web: r.example.com/web:1@${digest('b')} has a tag, which decides nothing`,
    ],
    ['no digest', 'web=r.example.com:5000/web', '--component: component web: r.example.com:5000/web is not pinned by a digest'],
    ['nothing', 'web=', '--component: component web: no image is given'],
  ])('refuses %s', async (_, component, problem) => {
    expect(await problemsOf({ components: [component] })).toEqual([problem]);
  });

  it('refuses a component that the service does not have, and misses a required one', async () => {
    expect(await problemsOf({ components: [`wbe=r.example.com/web@${digest('b')}`] })).toEqual([
      '--component: the service has no component wbe',
      '--component: component web is required and missing',
    ]);
  });

  it('refuses the same component twice and what the schema refuses, by flag', async () => {
    const web = `web=r.example.com/web@${digest('b')}`;

    expect(await problemsOf({ components: [web, web], version: 'a b' })).toEqual([
      expect.stringMatching(/^--version: metadata\.version/),
      expect.stringMatching(/^--component: .*"web" is given twice$/),
    ]);
  });

  it('refuses a ref that the service is not released from, and another service', async () => {
    expect(await problemsOf({ ref: 'refs/heads/mine', service: 'market' })).toEqual([
      '--service: this root is of service shop, not market',
      '--ref: refs/heads/mine is none of the refs that service shop is released from: refs/heads/main',
    ]);
  });

  it('refuses a commit that is not on the ref, and believes what it can not know', async () => {
    const isOn = (answer: boolean | 'unknown'): DraftSource => ({ ...source, isOn: () => Promise.resolve(answer) });

    expect(await problemsOf({}, isOn(false))).toEqual(['--ref: commit aaaaaaaaaaaa is not on refs/heads/main']);
    expect(await problemsOf({}, isOn('unknown'))).toEqual([]);
  });

  it('refuses a folder that the commit does not have, or that looks different now', async () => {
    const dirty = { ...source, workingTree: memoryTree({ ...base, 'shop/deploy/base/web.yaml': 'kind: B\n' }) };

    expect(await problemsOf({ artifacts: ['base=deploy/bas'] })).toEqual([
      '--artifact: artifact base: commit aaaaaaaaaaaa has no folder shop/deploy/bas',
    ]);
    expect(await problemsOf({ artifacts: ['base=deploy/base'] }, dirty)).toEqual([
      '--artifact: artifact base: shop/deploy/base is not what commit aaaaaaaaaaaa has',
    ]);
  });

  it('leaves what a service requires to the other fragments', async () => {
    const fragment = { components: [`worker=r.example.com/worker@${digest('b')}`], artifacts: [], version: '1' };

    expect(await draftRelease(fragment, source)).toMatchObject({ kind: 'invalid' });
    expect(await draftFragment(fragment, source)).toMatchObject({
      kind: 'created',
      fragment: { kind: 'ReleaseFragment', metadata: { service: 'shop' } },
    });
    expect(await draftFragment({ ...fragment, components: [], seedId: '12' }, source)).toMatchObject({ kind: 'created' });
  });
});

describe('a registry that may be asked', () => {
  const commit = 'a'.repeat(40);
  const asking = (labels: Readonly<Record<string, string>>): DraftSource => {
    const registry = memoryRegistry();
    registry.addImage('r.example.com/web:1.2', { labels, platforms: ['linux/amd64', 'linux/arm64'] });
    return { ...source, registry };
  };
  const tagged = { components: ['web=r.example.com/web:1.2'] };

  it('says once what a tag names, with platforms and configurations', async () => {
    const drafted = await draftRelease({ ...request, ...tagged }, asking({ 'org.opencontainers.image.revision': commit }));

    const image = drafted.kind === 'created' ? drafted.manifest.components[0]?.image : undefined;
    expect(image?.digest).toMatch(/^sha256:/);
    expect(Object.keys(image?.platforms ?? {})).toEqual(['linux/amd64', 'linux/arm64']);
    expect(Object.keys(image?.configs ?? {})).toEqual(['linux/amd64', 'linux/arm64']);
    expect(drafted).toMatchObject({ notes: [] });
  });

  it('shows that an image is of another commit', async () => {
    expect(await problemsOf(tagged, asking({ 'org.opencontainers.image.revision': 'b'.repeat(40) }))).toEqual([
      `--component: component web: its image was built from ${'b'.repeat(40)} (org.opencontainers.image.revision), the release is of ${commit}`,
    ]);
  });

  it.each([
    ['has no labels', {}, 'has no label org.opencontainers.image.revision'],
    [
      'has its base image’s labels',
      { 'org.opencontainers.image.source': 'https://git.example.com/base' },
      'its labels are of https://git.example.com/base',
    ],
  ])('lets pass an image that %s, and says so', async (_what, labels, said) => {
    const drafted = await draftRelease({ ...request, ...tagged }, asking(labels));

    expect(drafted.kind === 'created' && drafted.notes.join()).toContain(said);
  });

  it('does not have every image', async () => {
    expect(await problemsOf({ components: ['web=r.example.com/web:1.3'] }, asking({}))).toEqual([
      '--component: component web: the registry has no r.example.com/web:1.3',
    ]);
  });

  it('is not asked offline, so that a tag is none', async () => {
    expect(await problemsOf(tagged)).toEqual(['--component: component web: r.example.com/web:1.2 has a tag, which decides nothing']);
  });
});
